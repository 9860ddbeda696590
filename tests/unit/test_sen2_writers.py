"""Writing returns: bytes that do not change, escapes, items in their places, and files replaced whole."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from rightplace.errors import DataError, RefusedError
from rightplace.returns.sen2.blade_writer import write_blade
from rightplace.returns.sen2.frames import empty, schema
from rightplace.returns.sen2.layout import BY_NAME, TABLES
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_xml
from rightplace.returns.sen2.xml_writer import write_xml


def made(edition: int = 2026, **records: list[dict[str, object]]) -> Sen2Return:
    header = {"year": str(edition), "reference_date": f"{edition}-01-15", "lea": "302", "collection": "SEN2"}
    tables = {table.name: empty(table) for table in TABLES}
    for name, rows in {"sen2": [header], **records}.items():
        numbered = [{"row": number, "line": 0, **row} for number, row in enumerate(rows)]
        tables[name] = pl.DataFrame(numbered, schema=schema(BY_NAME[name]))
    return Sen2Return(edition=edition, source="made.xml", sha256="", tables=tables)


def test_the_file_is_as_documented(tmp_path: Path) -> None:
    ret = made(
        person=[{"sen2_row": 0, "surname": "O'Brien & <Co>", "birth_date": "2012-02-29", "sex": "F"}],
        requests=[{"person_row": 0, "request_outcome": "H"}],
        assessment=[{"requests_row": 0, "assessment_outcome": "H"}],
        namedplan=[{"assessment_row": 0, "start_date": "2020-01-06", "plan_res": "A", "pb": "0"}],
        plandetail=[{"namedplan_row": 0, "urn": "999001"}, {"namedplan_row": 0, "sen_setting": "OLA"}],
        activeplans=[{"requests_row": 0, "transfer_la": "303", "review_outcome": "M", "last_review": "2025-11-20"}],
        placementdetail=[{"activeplans_row": 0, "urn": "999001", "res": "A"}],
        senneed=[{"activeplans_row": 0, "sen_type": "ASD", "sen_type_rank": "1"}],
    )
    write_xml(ret, tmp_path / "one.xml")
    assert (
        (tmp_path / "one.xml").read_text()
        == """<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>SEN2</Collection>
      <Year>2026</Year>
      <ReferenceDate>2026-01-15</ReferenceDate>
    </CollectionDetails>
    <Source>
      <LEA>302</LEA>
    </Source>
  </Header>
  <Persons>
    <Person>
      <Surname>O'Brien &amp; &lt;Co&gt;</Surname>
      <PersonBirthDate>2012-02-29</PersonBirthDate>
      <Sex>F</Sex>
      <Requests>
        <RequestOutcome>H</RequestOutcome>
        <Assessment>
          <AssessmentOutcome>H</AssessmentOutcome>
          <NamedPlan>
            <StartDate>2020-01-06</StartDate>
            <PlanDetail>
              <URN>999001</URN>
            </PlanDetail>
            <PlanDetail>
              <SENSetting>OLA</SENSetting>
            </PlanDetail>
            <PlanRes>A</PlanRes>
            <PB>0</PB>
          </NamedPlan>
        </Assessment>
        <ActivePlans>
          <TransferLA>303</TransferLA>
          <PlacementDetail>
            <URN>999001</URN>
            <Res>A</Res>
          </PlacementDetail>
          <SENneed>
            <SENtype>ASD</SENtype>
            <SENtypeRank>1</SENtypeRank>
          </SENneed>
          <ReviewOutcome>M</ReviewOutcome>
          <LastReview>2025-11-20</LastReview>
        </ActivePlans>
      </Requests>
    </Person>
  </Persons>
</Message>
"""
    )


def test_records_out_of_order_are_written_under_their_own_person(tmp_path: Path) -> None:
    people = [{"sen2_row": 0, "surname": name} for name in ("Ash", "Birch", "Cedar")]
    requests = [
        {"person_row": person, "request_outcome": outcome} for person, outcome in ((2, "Y"), (0, "N"), (2, "A"))
    ]
    write_xml(made(person=people, requests=requests), tmp_path / "one.xml")
    ret = read_xml(tmp_path / "one.xml")
    assert ret.tables["requests"].select("person_row", "request_outcome").rows() == [(0, "N"), (2, "Y"), (2, "A")]


def test_many_people_are_written_in_parts_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [{"sen2_row": 0, "surname": f"S{number}"} for number in range(50)]
    requests = [{"person_row": number // 2, "exported": f"E{number}"} for number in range(100)]
    ret = made(person=people, requests=requests)
    write_xml(ret, tmp_path / "whole.xml")
    monkeypatch.setattr("rightplace.returns.sen2.xml_writer._PEOPLE_AT_A_TIME", 7)
    write_xml(ret, tmp_path / "parts.xml")
    assert (tmp_path / "parts.xml").read_bytes() == (tmp_path / "whole.xml").read_bytes()
    assert read_xml(tmp_path / "parts.xml").tables["requests"]["exported"].to_list() == [f"E{n}" for n in range(100)]


def test_an_item_of_another_edition_is_written_where_it_holds_something(tmp_path: Path) -> None:
    person = {"sen2_row": 0, "surname": "Ash", "gender_current": "2"}
    write_xml(made(2025, person=[person]), tmp_path / "one.xml")
    assert read_xml(tmp_path / "one.xml").tables["person"]["gender_current"].to_list() == ["2"]
    write_blade(made(2025, person=[person]), tmp_path)
    assert "gendercurrent" in next(tmp_path.glob("*_person.csv")).read_text()


def test_an_edition_that_is_not_known_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="2022 edition is not written"):
        write_xml(made(2022), tmp_path / "one.xml")
    assert list(tmp_path.iterdir()) == []


def test_a_character_xml_forbids_is_an_error_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    path.write_text("old")
    ret = made(person=[{"sen2_row": 0, "surname": "Ash"}, {"sen2_row": 0, "forename": "B\x0bd"}])
    with pytest.raises(DataError, match="Forename of Person 2"):
        write_xml(ret, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_blade_columns_and_spelling(tmp_path: Path) -> None:
    """Columns as public programs that read these exports name them, of the 2024 export."""
    ret = made(
        2024,
        person=[
            {"sen2_row": 0, "surname": 'A, "B"', "birth_date": "2012-02-29"},
            {"sen2_row": 0, "birth_date": "29/2/12"},
        ],
        requests=[{"person_row": 1}, {"person_row": 0}, {"person_row": 1}],
        activeplans=[{"requests_row": 2, "last_review": "2023-09-01"}],
    )
    paths = write_blade(ret, tmp_path)
    assert [path.name for path in paths] == [f"Blade-Export_15-01-2024_{table.name}.csv" for table in TABLES]
    tables = {path.stem.rsplit("_")[-1]: list(csv.reader(path.read_text().splitlines())) for path in paths}
    assert tables["activeplans"] == [
        ["activeplanstableid", "NativeId", "activeplansorderseqcolumn", "sourceid", "requeststableid", "transferla",
         "reviewmeeting", "reviewoutcome", "lastreview"],
        ["1", "302", "1", "", "3", "", "", "", "2023-Sep-01 00:00:00"],
    ]  # fmt: skip
    assert [row[2] for row in tables["requests"][1:]] == ["1", "1", "2"]
    assert [row[5:8] for row in tables["person"][1:]] == [['A, "B"', "", "2012-Feb-29 00:00:00"], ["", "", "29/2/12"]]
    assert "dsco" not in tables["sen2"][0]
