"""Reading XML returns: any order, any case, every item in its column, every record on its line."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from rightplace.errors import CancelledByUser, UserError
from rightplace.returns.sen2.frames import schema
from rightplace.returns.sen2.layout import TABLES
from rightplace.returns.sen2.record import Problem, Sen2Return
from rightplace.returns.sen2.xml_reader import read_stream, read_xml

HEADER = """<Header>
<CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails>
<Source><LEA>302</LEA><DMO>Y</DMO></Source>
</Header>
"""


def message(people: str = "", header: str = HEADER) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n{header}<Persons>\n{people}</Persons>\n</Message>\n'


def read(text: str | bytes) -> Sen2Return:
    content = text.encode() if isinstance(text, str) else text
    return read_stream(io.BytesIO(content), source="made.xml", size=len(content))


def only(ret: Sen2Return) -> Problem:
    assert len(ret.problems) == 1, ret.problems
    return ret.problems[0]


def test_every_frame_has_the_declared_columns_even_with_no_people() -> None:
    ret = read(message())
    assert {name: dict(frame.schema) for name, frame in ret.tables.items()} == {
        table.name: schema(table) for table in TABLES
    }
    assert ret.tables["sen2"].row(0, named=True)["lea"] == "302"
    assert ret.problems == ()


def test_records_are_numbered_in_file_order_and_know_the_record_above_them() -> None:
    ret = read(
        message(
            "<Person><Surname>A</Surname><Requests/><Requests><ActivePlans><SENneed/></ActivePlans></Requests></Person>"
            "<Person><Surname>B</Surname><Requests><ActivePlans><SENneed/><SENneed/></ActivePlans></Requests></Person>"
        )
    )
    assert ret.tables["person"].select("row", "sen2_row", "surname").rows() == [(0, 0, "A"), (1, 0, "B")]
    assert ret.tables["requests"].select("row", "person_row").rows() == [(0, 0), (1, 0), (2, 1)]
    assert ret.tables["activeplans"].select("row", "requests_row").rows() == [(0, 1), (1, 2)]
    assert ret.tables["senneed"].select("row", "activeplans_row").rows() == [(0, 0), (1, 1), (2, 1)]


def test_case_of_names_and_order_of_children_do_not_matter() -> None:
    ret = read(
        message(
            "<PERSON><requests><ACTIVEPLANS><LASTREVIEW>2025-03-01</LASTREVIEW><SENNeed><SENType>ASD</SENType></SENNeed>"
            "<PlacementDetail><SENsetting>OLA</SENsetting><SENUnitIndicator>1</SENUnitIndicator></PlacementDetail>"
            "<TransferLA>303</TransferLA></ACTIVEPLANS><requestoutcome>H</requestoutcome></requests>"
            "<upn>x</upn><SURNAME>Last</SURNAME></PERSON><pErson><surname>B</surname></pErson>"
            "<pErson><surname>C</surname></pErson><Person><surname>D</surname></Person>",
        ).replace("Header>", "HEADER>")
    )
    assert ret.tables["person"].select("surname", "upn").rows() == [
        ("Last", "x"),
        ("B", None),
        ("C", None),
        ("D", None),
    ]
    assert ret.tables["requests"]["request_outcome"].to_list() == ["H"]
    placement = ret.tables["placementdetail"].row(0, named=True)
    assert (placement["sen_setting"], placement["sen_unit_indicator"]) == ("OLA", "1")
    assert ret.tables["activeplans"].select("transfer_la", "last_review").rows() == [("303", "2025-03-01")]
    assert ret.problems == ()


def test_header_after_persons_is_read() -> None:
    text = message("<Person><Surname>A</Surname></Person>", header="").replace("</Message>", f"{HEADER}</Message>")
    ret = read(text)
    assert (ret.edition, ret.tables["person"].height, ret.problems) == (2026, 1, ())


def test_designated_officers_may_stand_anywhere_in_the_header() -> None:
    header = HEADER.replace("<DMO>Y</DMO></Source>", "</Source><Content><DMO>R</DMO></Content><DCO>N</DCO>")
    ret = read(message(header=header))
    assert ret.tables["sen2"].select("dmo", "dco", "dsco").row(0) == ("R", "N", None)


def test_empty_items_are_missing_and_surrounding_space_is_removed() -> None:
    ret = read(
        message("<Person><Surname>\n Two  words\t</Surname><Forename/><UPN></UPN><PostCode>  \n</PostCode></Person>")
    )
    row = ret.tables["person"].row(0, named=True)
    assert (row["surname"], row["forename"], row["upn"], row["postcode"]) == ("Two  words", None, None, None)


def test_items_of_other_editions_are_read_into_their_columns() -> None:
    ret = read(
        message(
            "<Person><GenderCurrent>2</GenderCurrent><Requests><ActivePlans><Res>A</Res><PlacementDetail>"
            "<AttendancePattern>FT</AttendancePattern><WBP>S</WBP></PlacementDetail></ActivePlans></Requests></Person>"
        )
    )
    assert ret.tables["person"]["gender_current"].to_list() == ["2"]
    assert ret.tables["activeplans"]["res"].to_list() == ["A"]
    assert ret.tables["placementdetail"].select("attendance_pattern", "wbp").rows() == [("FT", "S")]
    assert ret.problems == ()


def test_escapes_comments_and_cdata_inside_an_item_are_its_text() -> None:
    ret = read(
        message(
            "<Person><Surname>O&apos;Brien &amp; <!-- née --><![CDATA[<Smith>]]></Surname><!-- note -->"
            "<?app keep?><Forename>Zoë</Forename></Person>"
        )
    )
    assert ret.tables["person"].select("surname", "forename").rows() == [("O'Brien & <Smith>", "Zoë")]
    assert ret.problems == ()


def test_an_unknown_element_is_counted_and_its_first_line_told() -> None:
    ret = read(message("<Person>\n<Eyes>blue</Eyes>\n</Person>\n<Person>\n<Eyes>brown</Eyes>\n</Person>\n" * 30))
    problems = [problem for problem in ret.problems if problem.rule == "F03"]
    assert problems[0].line == 9
    assert problems[0].value == "Eyes"
    assert "Eyes under Person is not an element" in problems[0].message
    assert len(problems) == 20
    assert problems[-1].message.endswith("The same in 40 more places.")
    assert ret.tables["person"].height == 60


@pytest.mark.parametrize(
    ("people", "what"),
    [
        ("<Person><Requests><PlanDetail><URN>1</URN></PlanDetail></Requests></Person>", "belongs in NamedPlan"),
        ("<Person><RequestOutcome>H</RequestOutcome></Person>", "belongs in Requests"),
        ("<Person><Person><Surname>In</Surname></Person></Person>", "belongs in Persons"),
        ("<Requests/><Person/>", "Requests stands under Persons but belongs in Person"),
        ("<Person><Requests><Res>A</Res></Requests></Person>", "belongs in ActivePlans or PlacementDetail"),
    ],
)
def test_a_record_or_item_in_the_wrong_place_is_reported_and_kept_out(people: str, what: str) -> None:
    ret = read(message(people))
    assert only(ret).rule == "F05"
    assert what in only(ret).message
    assert ret.tables["person"].height == 1
    assert ret.tables["plandetail"].height == 0


def test_an_item_given_twice_keeps_the_first_and_says_so() -> None:
    ret = read(message("<Person>\n<UPN>first</UPN>\n<UPN>second</UPN><Surname/><Surname>Real</Surname></Person>"))
    assert ret.tables["person"].select("upn", "surname").rows() == [("first", "Real")]
    assert (only(ret).rule, only(ret).line, only(ret).value) == ("F04", 10, "second")


def test_names_of_people_are_not_repeated_in_faults() -> None:
    ret = read(message("<Person><Surname>Alder</Surname><Surname>Birch</Surname></Person>"))
    assert "Birch" not in str(ret.problems)


def test_an_item_that_holds_elements_keeps_its_own_text() -> None:
    ret = read(message("<Person><Surname>Al<b>X</b>der</Surname></Person>"))
    assert ret.tables["person"]["surname"].to_list() == ["Alder"]
    assert only(ret).rule == "F08"


def test_a_namespace_is_passed_over_and_reported_once() -> None:
    text = message("<Person><Surname>A</Surname><Requests><RYA>0</RYA></Requests></Person>" * 3)
    ret = read(text.replace("<Message>", '<Message xmlns="urn:example:sen2">'))
    assert ret.tables["person"]["surname"].to_list() == ["A"] * 3
    assert ret.tables["requests"]["rya"].to_list() == ["0"] * 3
    assert (only(ret).rule, only(ret).value) == ("F07", "urn:example:sen2")


def test_prefixed_names_are_read() -> None:
    text = message("<s:Person><s:Surname>A</s:Surname></s:Person>")
    ret = read(text.replace("<Message>", '<Message xmlns:s="urn:example:sen2">'))
    assert ret.tables["person"]["surname"].to_list() == ["A"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    name = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding, encoding)
    text = message("<Person><Surname>Renée</Surname></Person>").replace("UTF-8", name)
    assert read(text.encode(encoding)).tables["person"]["surname"].to_list() == ["Renée"]


def test_lines_are_right_past_the_sixteen_bits_libxml2_keeps() -> None:
    person = "<Person>\n  <Surname>A</Surname>\n\n  <Requests>\n    <RYA>0</RYA>\n  </Requests>\n</Person>\n"
    text = (
        message(person).replace("<Person>", "\n" * 70_000 + "<Person>").replace("</Person>\n", f"</Person>\n{person}")
    )
    lines = text.split("\n")
    ret = read(text)
    for table, tag in (("person", "<Person>"), ("requests", "  <Requests>")):
        assert ret.tables[table]["line"].to_list() == [n for n, line in enumerate(lines, 1) if line == tag]


def test_edition_from_the_reference_date_when_the_year_is_odd() -> None:
    ret = read(message(header=HEADER.replace("<Year>2026</Year>", "<Year>twenty</Year>")))
    assert ret.edition == 2026
    assert only(ret).rule == "F06"


def test_edition_from_the_year_when_the_reference_date_is_odd() -> None:
    ret = read(message(header=HEADER.replace("2026-01-15", "15/01/2026")))
    assert (ret.edition, only(ret).rule) == (2026, "F06")


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (HEADER.replace("2026", "2022"), "This is a return for 2022"),
        (HEADER.replace("2026", "2031"), "This is a return for 2031"),
        (HEADER.replace("<Year>2026</Year>", "").replace("2026-01-15", ""), "does not say which year"),
        ("", "has no Header"),
    ],
)
def test_no_edition_is_an_error_that_says_what_to_do(header: str, what: str) -> None:
    with pytest.raises(UserError, match=what) as caught:
        read(message("<Person/>", header=header))
    assert caught.value.where == "made.xml"
    assert caught.value.action


def test_another_collection_is_not_taken_for_sen2() -> None:
    text = message(header=HEADER.replace("SEN2", "CIN")).replace("Persons>", "Children>")
    with pytest.raises(UserError, match="collection 'CIN'"):
        read(text)


def test_source_hash_and_progress(tmp_path: Path) -> None:
    path = tmp_path / "sen2.xml"
    path.write_text(message("<Person/>" * 10))
    seen: list[tuple[int, int, str]] = []
    ret = read_xml(path, progress=lambda done, asked, what: seen.append((done, asked, what)))
    size = path.stat().st_size
    assert (ret.source, ret.sha256) == ("sen2.xml", hashlib.sha256(path.read_bytes()).hexdigest())
    assert seen[-1][:2] == (size, size)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "sen2.xml"
    path.write_text(message("<Person/>"))

    def stop(done: int, asked: int, what: str) -> None:
        raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        read_xml(path, progress=stop)
