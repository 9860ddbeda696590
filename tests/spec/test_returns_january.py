"""Who is counted on a census day, and as what: docs/methods/linking.md, case by case."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.area.record import Area
from rightplace.area.tables import BY_NAME
from rightplace.errors import DataError
from rightplace.returns.assemble import census, kinds
from rightplace.returns.build import area_from_returns
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_xml

DAYS = {2025: "2025-01-16", 2026: "2026-01-15"}


def _request(plan: str = "", placements: str = "", *, cease: str = "", transfer: str = "", need: str = "ASD") -> str:
    ceased = f"<CeaseDate>{cease}</CeaseDate><CeaseReason>5</CeaseReason>" if cease else ""
    moved = f"<TransferLA>{transfer}</TransferLA>" if transfer else ""
    needs = f"<SENneed><SENtype>{need}</SENtype><SENtypeRank>1</SENtypeRank></SENneed>" if need else ""
    named = f"<NamedPlan><StartDate>{plan}</StartDate>{ceased}</NamedPlan>" if plan else ""
    return (
        "<Requests><RequestOutcome>H</RequestOutcome><Assessment><AssessmentOutcome>H</AssessmentOutcome>"
        f"{named}</Assessment><ActivePlans>{moved}{placements}{needs}</ActivePlans></Requests>"
    )


def _placement(where: str, entry: str = "2020-09-01", leaving: str = "", rank: int = 1, flags: str = "") -> str:
    left = f"<LeavingDate>{leaving}</LeavingDate>" if leaving else ""
    return (
        f"<PlacementDetail>{where}<PlacementRank>{rank}</PlacementRank><EntryDate>{entry}</EntryDate>{left}{flags}"
        "</PlacementDetail>"
    )


def _person(upn: str, requests: str, born: str = "2014-03-21") -> str:
    return (
        f"<Person><Surname>S{upn}</Surname><Forename>F</Forename><PersonBirthDate>{born}</PersonBirthDate><Sex>F</Sex>"
        f"<UPN>{upn}</UPN>{requests}</Person>"
    )


def _read(folder: Path, *people: str, year: int = 2026, lea: str = "302") -> Sen2Return:
    path = folder / f"sen2_{year}_{lea}.xml"
    path.write_text(
        "<Message><Header><CollectionDetails><Collection>SEN2</Collection>"
        f"<Year>{year}</Year><ReferenceDate>{DAYS[year]}</ReferenceDate></CollectionDetails>"
        f"<Source><LEA>{lea}</LEA></Source></Header><Persons>{''.join(people)}</Persons></Message>",
        encoding="utf-8",
    )
    return read_xml(path)


def _settings(**kinds_by_urn: str) -> pl.DataFrame:
    table = BY_NAME["settings"]
    rows = [
        {"setting_id": urn[1:], "urn": urn[1:], "name": urn, "setting_kind": kind} for urn, kind in kinds_by_urn.items()
    ]
    return pl.DataFrame([{**dict.fromkeys(table.schema), **row} for row in rows], schema=table.schema, orient="row")


def _january(area: Area, year: int = 2026) -> dict[str, tuple[str, str, int]]:
    rows = area["census"].filter(pl.col("census_year") == year)
    return {
        row["person_id"]: (row["need"], row["setting_kind"], row["year_group"]) for row in rows.iter_rows(named=True)
    }


URN = "<URN>100001</URN>"
PLACE = _placement(URN)


@pytest.mark.parametrize(
    ("start", "cease", "counted"),
    [
        ("2026-01-15", "", True),
        ("2026-01-16", "", False),
        ("2020-01-01", "2026-01-15", True),
        ("2020-01-01", "2026-01-14", False),
    ],
)
def test_a_plan_counts_from_its_first_to_its_last_day(tmp_path: Path, start: str, cease: str, counted: bool) -> None:
    area = area_from_returns([_read(tmp_path, _person("A", _request(start, PLACE, cease=cease)))])
    assert ("A" in _january(area)) is counted


def test_year_group_is_by_age_on_31_august(tmp_path: Path) -> None:
    people = (
        _person("A", _request("2020-01-01", PLACE), born="2014-08-31"),
        _person("B", _request("2020-01-01", PLACE), born="2014-09-01"),
    )
    found = _january(area_from_returns([_read(tmp_path, *people)]))
    assert (found["A"][2], found["B"][2]) == (7, 6)


def test_the_kind_of_setting_follows_the_register_then_the_flags_then_the_code(tmp_path: Path) -> None:
    unit = "<SENunitIndicator>1</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator>"
    base = "<SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>1</ResourcedProvisionIndicator>"
    cases = {
        "A": (_placement(URN), "mainstream"),
        "B": (_placement(URN, flags=unit), "sen_unit"),
        "C": (_placement(URN, flags=base), "resourced_provision"),
        "D": (_placement("<URN>100002</URN>", flags=unit), "special_state"),
        "E": (_placement("<URN>999999</URN>"), "not_recorded"),
        "F": (_placement("<UKPRN>10099999</UKPRN>"), "further_education"),
        "G": (_placement("<SENSetting>EHE</SENSetting>"), "home_education"),
        "H": (_placement("<SENSetting>NIEO</SENSetting>"), "not_in_education"),
        "J": ("", "not_recorded"),
    }
    people = [_person(upn, _request("2020-01-01", place)) for upn, (place, _) in cases.items()]
    area = area_from_returns(
        [_read(tmp_path, *people)], settings=_settings(u100001="mainstream", u100002="special_state")
    )
    assert {upn: row[1] for upn, row in _january(area).items()} == {upn: kind for upn, (_, kind) in cases.items()}
    noted = {note.reason: note.rows for note in area.lineage[0].noted}
    assert noted[kinds.UNMATCHED_URN] == noted[kinds.UNMATCHED_UKPRN] == noted[census.NO_PLACEMENT] == 1


def test_of_several_placements_the_lowest_rank_then_the_latest_counts(tmp_path: Path) -> None:
    places = (
        _placement("<SENSetting>OLA</SENSetting>", entry="2025-09-01", rank=2)
        + _placement("<SENSetting>EHE</SENSetting>", entry="2024-09-01")
        + _placement("<SENSetting>EYP</SENSetting>", entry="2023-09-01", leaving="2024-08-31")
    )
    area = area_from_returns([_read(tmp_path, _person("A", _request("2020-01-01", places)))])
    assert _january(area)["A"][1] == "home_education"
    assert area["placements"].height == 3


def test_a_person_with_two_open_plans_counts_once_and_the_other_is_counted_as_refused(tmp_path: Path) -> None:
    both = _request("2020-01-01", PLACE, need="MLD") + _request("2023-01-01", PLACE, need="SLD")
    area = area_from_returns([_read(tmp_path, _person("A", both))])
    assert _january(area)["A"][0] == "SLD"
    assert next((item.reason, item.rows) for item in area.lineage[0].refused) == (census.SECOND_PLAN, 1)


def test_no_birth_date_and_an_impossible_age_are_refused_with_their_reasons(tmp_path: Path) -> None:
    people = (
        _person("A", _request("2020-01-01", PLACE), born="01/02/2014"),
        _person("B", _request("2020-01-01", PLACE), born="1999-01-01"),
        _person("C", _request("2020-01-01", PLACE)),
    )
    area = area_from_returns([_read(tmp_path, *people)])
    assert set(_january(area)) == {"C"}
    assert {item.reason: item.rows for item in area.lineage[0].refused} == {
        census.NO_BIRTH_DATE: 1,
        census.OUT_OF_AGE: 1,
    }
    assert area["people"].height == 3


def test_a_need_code_that_is_not_known_is_not_recorded_and_noted(tmp_path: Path) -> None:
    area = area_from_returns([_read(tmp_path, _person("A", _request("2020-01-01", PLACE, need="XYZ")))])
    assert _january(area)["A"][0] == "not_recorded"
    assert census.NO_NEED in {item.reason for item in area.lineage[0].noted}


def test_an_amended_plan_returned_with_a_new_date_is_the_same_plan(tmp_path: Path) -> None:
    before = _read(tmp_path, _person("A", _request("2020-01-01", PLACE)), year=2025)
    after = _read(tmp_path, _person("A", _request("2025-05-01", PLACE)))
    plans = area_from_returns([after, before])["plans"]
    assert plans.select("plan_id", "start_date").rows() == [("A.1", plans["start_date"].min())]
    assert str(plans["start_date"].item()) == "2020-01-01"


def test_a_plan_that_ceased_and_one_that_began_later_are_two(tmp_path: Path) -> None:
    before = _read(tmp_path, _person("A", _request("2020-01-01", PLACE, cease="2024-06-01")), year=2025)
    after = _read(tmp_path, _person("A", _request("2025-05-01", PLACE)))
    assert area_from_returns([before, after])["plans"]["plan_id"].to_list() == ["A.1", "A.2"]


def test_a_single_return_looks_back_one_january_but_not_at_plans_transferred_in_since(tmp_path: Path) -> None:
    people = (
        _person("A", _request("2020-01-01", PLACE)),
        _person("B", _request("2020-01-01", PLACE, transfer="303")),
        _person("C", _request("2025-05-01", PLACE)),
        _person("D", _request("2020-01-01", PLACE, cease="2025-05-01")),
    )
    area = area_from_returns([_read(tmp_path, *people)])
    assert set(_january(area, 2025)) == {"A", "D"}
    assert set(_january(area, 2026)) == {"A", "B", "C"}


def test_returns_of_two_authorities_or_two_of_one_year_are_refused(tmp_path: Path) -> None:
    one = _read(tmp_path, _person("A", _request("2020-01-01", PLACE)))
    other = _read(tmp_path, _person("A", _request("2020-01-01", PLACE)), lea="303", year=2025)
    with pytest.raises(DataError, match="not of one authority"):
        area_from_returns([one, other])
    with pytest.raises(DataError, match="same year"):
        area_from_returns([one, one])
    with pytest.raises(DataError, match="no return"):
        area_from_returns([])
