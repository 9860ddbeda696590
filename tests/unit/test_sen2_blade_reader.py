"""Reading Blade exports: nine tables bound by name and joined by their numbers, and what spreadsheets do to them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from rightplace.errors import RefusedError, UserError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.blade_reader import read_blade
from rightplace.returns.sen2.frames import schema
from rightplace.returns.sen2.layout import TABLES
from rightplace.returns.sen2.record import Problem, Sen2Return

PREFIX = "Blade-Export_12-03-2026"

TEXT = {
    "sen2": """sen2tableid,NativeId,sen2orderseqcolumn,sourceid,collection,year,referencedate,sourcelevel,lea,softwarecode,release,serialno,datetime,dmo,dco,dsco
7,302,1,,SEN2,2026,2026-Jan-15 00:00:00,L,302,Acme,1.0,001,2026-Feb-20 09:30:00,Y,N,R
""",
    "person": """persontableid,NativeId,personorderseqcolumn,sourceid,sen2tableid,surname,forename,personbirthdate,sex,ethnicity,postcode,upn,uniquelearnernumber,upnunknown
100,302,1,,7,"Ash, the elder",Jo,2012-Sep-01 00:00:00,M,WBRI,ZZ1 1ZZ,N302000012001,,
200,302,2,,7,Birch,Sam,2005-Feb-28 00:00:00,F,WBRI,ZZ1 1ZZ,,9000000016,
""",
    "requests": """requeststableid,NativeId,requestsorderseqcolumn,sourceid,persontableid,receiveddate,requestsource,rya,requestoutcomedate,requestoutcome,requestmediation,requesttribunal,exported
32,302,1,,200,2025-Mar-03 00:00:00,2,0,2025-Apr-01 00:00:00,Y,0,0,
31,302,1,,100,,,,,H,,,
""",
    "assessment": """assessmenttableid,NativeId,assessmentorderseqcolumn,sourceid,requeststableid,assessmentoutcome,assessmentoutcomedate,assessmentmediation,assessmenttribunal,othermediation,othertribunal,week20
1,302,1,,31,H,,,,,,
2,302,1,,32,Y,2025-Jul-01 00:00:00,True,False,0.0,1.0,No
""",
    "namedplan": """namedplantableid,NativeId,namedplanorderseqcolumn,sourceid,assessmenttableid,startdate,planres,planwbp,pb,oa,dp,ceasedate,ceasereason
1,302,1,,1,2020-Jan-06 00:00:00,,,0,0,,,
2,302,1,,2,2025-Jul-01 00:00:00,A,S,1,1,E,2025-Dec-31 00:00:00,4.0
""",
    "plandetail": """plandetailtableid,NativeId,plandetailorderseqcolumn,sourceid,namedplantableid,urn,ukprn,sensetting,sensettingother,placementrank,senunitindicator,resourcedprovisionindicator
1,302,1,,1,999001,,,,1,0,0
2,302,1,,2,,10099999.0,,,1.0,0,0
""",
    "activeplans": """activeplanstableid,NativeId,activeplansorderseqcolumn,sourceid,requeststableid,transferla,reviewmeeting,reviewoutcome,reviewdraft,phasetransferduedate,phasetransferfinaldate,lastreview
1,302,1,,31,303,2025-11-11,M,,,,2025-11-20T00:00:00
2,302,1,,32,,,,,,,
""",
    "placementdetail": """placementdetailtableid,NativeId,placementdetailorderseqcolumn,sourceid,activeplanstableid,urn,ukprn,sensetting,sensettingother,placementrank,entrydate,leavingdate,senunitindicator,resourcedprovisionindicator,res,wbp
1,302,1,,1,999001,,,,1,2020-Jan-06 00:00:00,,0,0,,
2,302,1,,2,,,OTH,"a place
with two lines",1,2025-Jul-01 00:00:00,2025-Dec-31 00:00:00,,,A,S
3,302,2,,2,,,NEET,,2,2025-Sep-01 00:00:00,,,,,
""",
    "senneed": """senneedtableid,NativeId,senneedorderseqcolumn,sourceid,activeplanstableid,sentype,sentyperank
1,302,1,,1,ASD,1
2,302,2,,1,SLCN,2
3,302,1,,2,MLD,1
""",
}  # fmt: skip


def write(folder: Path, changed: dict[str, str | bytes | None] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for table, text in {**TEXT, **(changed or {})}.items():
        if text is not None:
            content = text if isinstance(text, bytes) else text.encode()
            (folder / f"{PREFIX}_{table}.csv").write_bytes(content)
    return folder


def only(ret: Sen2Return) -> Problem:
    assert len(ret.problems) == 1, ret.problems
    return ret.problems[0]


def test_a_whole_export(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path))
    assert (ret.edition, ret.source, ret.problems) == (2026, PREFIX, ())
    assert {name: dict(frame.schema) for name, frame in ret.tables.items()} == {
        table.name: schema(table) for table in TABLES
    }
    assert ret.tables["person"].select("row", "sen2_row", "line", "surname").rows() == [
        (0, 0, 2, "Ash, the elder"),
        (1, 0, 3, "Birch"),
    ]
    assert ret.tables["requests"].select("row", "person_row", "request_outcome").rows() == [(0, 1, "Y"), (1, 0, "H")]
    assert ret.tables["assessment"]["requests_row"].to_list() == [1, 0]
    assert ret.tables["placementdetail"].select("activeplans_row", "line").rows() == [(0, 2), (1, 3), (1, 5)]


def test_dates_flags_and_numbers_have_one_spelling(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path))
    assert ret.tables["sen2"].select("reference_date", "date_time", "serial_no").row(0) == (
        "2026-01-15",
        "2026-02-20T09:30:00",
        "001",
    )
    assert ret.tables["assessment"].row(1)[4:] == ("2025-07-01", "1", "0", "0", "1", "0")
    assert ret.tables["activeplans"].select("review_meeting", "last_review").row(0) == ("2025-11-11", "2025-11-20")
    assert ret.tables["plandetail"].select("ukprn", "placement_rank").row(1) == ("10099999", "1")
    assert ret.tables["namedplan"]["cease_reason"].to_list() == [None, "4"]


def test_headings_in_another_case_and_order_are_bound_by_name(tmp_path: Path) -> None:
    lines = [line.split(",") for line in TEXT["senneed"].splitlines()]
    turned = "\n".join(",".join(reversed(line)).upper() for line in lines)
    ret = read_blade(write(tmp_path, {"senneed": turned + "\n"}))
    assert ret.tables["senneed"]["sen_type"].to_list() == ["ASD", "SLCN", "MLD"]
    assert ret.problems == ()


def test_columns_of_the_2023_export_are_read(tmp_path: Path) -> None:
    ret = read_blade(
        write(
            tmp_path,
            {
                "sen2": TEXT["sen2"].replace("2026-Jan-15", "2023-Jan-19").replace(",2026,", ",2023,"),
                "person": TEXT["person"].replace(",sex,", ",gendercurrent,").replace(",M,", ",1,"),
                "activeplans": "activeplanstableid,requeststableid,transferla,res,wbp,lastreview\n1,31,,A,S,2022-Sep-28 00:00:00\n2,32,,,,\n",
                "placementdetail": "placementdetailtableid,activeplanstableid,urn,ukprn,sensetting,sensettingother,placementrank,entrydate,leavingdate,attendancepattern,senunitindicator,resourcedprovisionindicator\n1,1,999001,,,,1,2020-Jan-06 00:00:00,,PT,0,0\n",
            },
        )
    )  # fmt: skip
    assert ret.edition == 2023
    assert ret.tables["person"]["gender_current"][0] == "1"
    assert ret.tables["activeplans"].select("res", "wbp", "last_review").row(0) == ("A", "S", "2022-09-28")
    assert ret.tables["placementdetail"].select("attendance_pattern", "res").row(0) == ("PT", None)
    assert ret.problems == ()


def test_an_unknown_column_is_told_and_passed_over(tmp_path: Path) -> None:
    text = TEXT["senneed"].replace("sentyperank\n", "sentyperank,notes\n")
    ret = read_blade(write(tmp_path, {"senneed": text}))
    assert {"F22", "F28"} == {problem.rule for problem in ret.problems}
    assert "notes" in next(p.message for p in ret.problems if p.rule == "F22")


def test_a_renamed_column_is_told_with_what_it_may_be(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"person": TEXT["person"].replace("personbirthdate", "BirthDate")}))
    assert (only(ret).rule, only(ret).table, only(ret).value) == ("F21", "person", "personbirthdate")
    assert "There is a column birthdate" in only(ret).message
    assert "Rename birthdate to personbirthdate" in only(ret).action
    assert ret.tables["person"]["birth_date"].to_list() == [None, None]


def test_a_renamed_key_leaves_its_records_out(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"senneed": TEXT["senneed"].replace("activeplanstableid", "activeplan_id")}))
    assert [problem.rule for problem in ret.problems] == ["F21", "F23"]
    assert ret.tables["senneed"].is_empty()
    assert ret.tables["placementdetail"].height == 3


def test_people_need_not_say_which_header_is_theirs(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"person": TEXT["person"].replace("sen2tableid", "header")}))
    assert ret.tables["person"].height == 2


def test_a_missing_table_is_told_and_the_rest_kept(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"activeplans": None}))
    found = [(problem.rule, problem.table) for problem in ret.problems]
    assert found == [("F20", "activeplans"), ("F23", "placementdetail"), ("F23", "senneed")]
    assert "belong to no row of the activeplans table, which were left out: 3." in ret.problems[1].message
    assert ret.tables["plandetail"].height == 2


def test_no_header_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="sen2 table is missing"):
        read_blade(write(tmp_path, {"sen2": None}))
    with pytest.raises(UserError, match="sen2 table is missing or empty"):
        read_blade(write(tmp_path, {"sen2": TEXT["sen2"].split("\n")[0] + "\n"}))


def test_two_header_rows_keep_the_first_and_its_people(tmp_path: Path) -> None:
    header = TEXT["sen2"] + TEXT["sen2"].split("\n")[1].replace("7,302", "8,303") + "\n"
    person = TEXT["person"].replace("200,302,2,,7", "200,302,2,,8")
    ret = read_blade(write(tmp_path, {"sen2": header, "person": person}))
    assert ret.tables["sen2"].height == 1
    assert ret.tables["person"]["surname"].to_list() == ["Ash, the elder"]
    assert [problem.rule for problem in ret.problems][:2] == ["F30", "F23"]


def test_orphans_are_told_and_left_out_with_what_stands_under_them(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"requests": TEXT["requests"].replace(",200,", ",999,")}))
    assert [(p.rule, p.table, p.line) for p in ret.problems][:2] == [("F23", "requests", 2), ("F23", "assessment", 3)]
    assert ret.problems[0].value == "999"
    assert ret.tables["requests"]["request_outcome"].to_list() == ["H"]
    assert ret.tables["senneed"].height == 2


def test_a_number_given_twice_keeps_the_first_record(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"person": TEXT["person"] + "100,302,3,,7,Twice,,,,,,,,\n"}))
    assert (only(ret).rule, only(ret).line, only(ret).value) == ("F24", 4, "100")
    assert ret.tables["person"].height == 2


def test_numbers_that_a_spreadsheet_gave_a_point_still_join(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"requests": TEXT["requests"].replace(",100,", ",100.0,")}))
    assert ret.problems == ()
    assert ret.tables["requests"].height == 2


def test_dates_as_a_spreadsheet_shows_them_are_kept_as_they_are(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"person": TEXT["person"].replace("2012-Sep-01 00:00:00", "01/02/2012")}))
    assert ret.tables["person"]["birth_date"].to_list() == ["01/02/2012", "2005-02-28"]
    assert (only(ret).rule, only(ret).line, only(ret).value) == ("F27", 2, "01/02/2012")


def test_leading_zeros_are_put_back_and_told(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"sen2": TEXT["sen2"].replace(",001,", ",1,")}))
    assert ret.tables["sen2"]["serial_no"].to_list() == ["001"]
    assert only(ret).rule == "F26"


@pytest.mark.parametrize("damaged", ["1.23E+12", "9E+9", "9.00000002e+09"])
def test_a_number_shortened_by_a_spreadsheet_is_told(tmp_path: Path, damaged: str) -> None:
    ret = read_blade(write(tmp_path, {"person": TEXT["person"].replace("9000000016", damaged)}))
    assert ret.tables["person"]["uln"].to_list() == [None, damaged]
    assert (only(ret).rule, only(ret).line, only(ret).value) == ("F25", 3, damaged)


@pytest.mark.parametrize(("encoding", "rules"), [("utf-8-sig", []), ("utf-16", []), ("cp1252", ["F28"])])
def test_encodings_of_a_spreadsheet(tmp_path: Path, encoding: str, rules: list[str]) -> None:
    text = TEXT["person"].replace("Birch", "Bénoît").replace("\n", "\r\n")
    ret = read_blade(write(tmp_path, {"person": text.encode(encoding)}))
    assert ret.tables["person"]["surname"].to_list() == ["Ash, the elder", "Bénoît"]
    assert [problem.rule for problem in ret.problems] == rules


@pytest.mark.parametrize(("separator", "first"), [(";", ""), ("\t", ""), (";", "sep=;\r\n")])
def test_other_separators(tmp_path: Path, separator: str, first: str) -> None:
    text = first + TEXT["senneed"].replace(",", separator)
    ret = read_blade(write(tmp_path, {"senneed": text}))
    assert ret.tables["senneed"]["sen_type"].to_list() == ["ASD", "SLCN", "MLD"]
    assert ret.tables["senneed"]["line"].to_list() == [3, 4, 5] if first else [2, 3, 4]


def test_blank_rows_and_short_rows_of_a_spreadsheet(tmp_path: Path) -> None:
    text = TEXT["person"].replace(",9000000016,\n", ",9000000016\n\n,,,,,,,,,,,,,\n")
    ret = read_blade(write(tmp_path, {"person": text}))
    assert ret.tables["person"]["uln"].to_list() == [None, "9000000016"]
    assert only(ret).rule == "F28"


def test_a_row_with_too_many_values_is_left_out_with_its_line(tmp_path: Path) -> None:
    text = TEXT["person"].replace('"Ash, the elder"', "Ash, the elder")
    ret = read_blade(write(tmp_path, {"person": text}))
    assert ret.tables["person"]["surname"].to_list() == ["Birch"]
    assert (ret.problems[0].rule, ret.problems[0].line) == ("F29", 2)
    assert "15 values for 14 columns" in ret.problems[0].message


def test_empty_values_past_the_last_column_do_no_harm(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"senneed": TEXT["senneed"].replace("\n", ",,\n")}))
    assert (ret.tables["senneed"].height, ret.problems) == (3, ())


def test_a_quotation_mark_that_is_not_closed(tmp_path: Path) -> None:
    text = TEXT["person"].replace("Birch", '"Birch')
    ret = read_blade(write(tmp_path, {"person": text}))
    assert ret.tables["person"]["surname"].to_list() == ["Ash, the elder"]
    assert (ret.problems[0].rule, ret.problems[0].line) == ("F29", 3)


def test_a_file_cut_short_loses_only_its_last_row(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"senneed": TEXT["senneed"][:-6]}))
    assert ret.tables["senneed"]["sen_type"].to_list() == ["ASD", "SLCN"]
    assert (only(ret).rule, only(ret).line) == ("F01", 4)


def test_an_empty_table_file(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"senneed": ""}))
    assert ret.tables["senneed"].is_empty()
    assert {problem.rule for problem in ret.problems} == {"F21"}


def test_control_characters_are_told(tmp_path: Path) -> None:
    ret = read_blade(write(tmp_path, {"person": TEXT["person"].replace("Birch", "Bi\x0brch")}))
    assert (only(ret).rule, only(ret).table, only(ret).line) == ("H12", "person", 3)


def test_files_named_one_by_one_with_one_renamed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / f"{PREFIX}_person.csv").rename(tmp_path / "people of the borough.csv")
    ret = read_blade(sorted(tmp_path.glob("*.csv")))
    assert ret.tables["person"].height == 2
    assert (ret.source, ret.problems) == (PREFIX, ())


def test_a_download_saved_twice_is_found_by_its_name(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / f"{PREFIX}_person.csv").rename(tmp_path / f"{PREFIX}_person (1).csv")
    assert read_blade(tmp_path).tables["person"].height == 2


def test_a_table_given_twice(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / f"{PREFIX}_person (1).csv").write_text(TEXT["person"])
    assert only(read_blade(tmp_path)).rule == "F30"


def test_two_exports_in_one_folder_are_not_mixed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "Blade-Export_13-03-2026_person.csv").write_text(TEXT["person"])
    with pytest.raises(UserError, match="There are 2 exports here"):
        read_blade(tmp_path)


@pytest.mark.parametrize("named", [["notes.csv"], []])
def test_what_is_no_export(tmp_path: Path, named: list[str]) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match=r"not one of the nine tables|no table of a Blade export"):
        read_blade([tmp_path / name for name in named] or tmp_path)


def test_a_zip_file_of_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for table, text in TEXT.items():
            archive.writestr(f"inner/{PREFIX}_{table}.csv", text)
        archive.writestr("inner/readme.md", "x")
    whole, folder = read_blade(path), read_blade(write(tmp_path / "folder"))
    assert whole.sha256 == folder.sha256
    assert all(frame.equals(folder.tables[name]) for name, frame in whole.tables.items())


def test_a_zip_bomb_is_refused_while_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 100_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TEXT:
            archive.writestr(f"{PREFIX}_{table}.csv", "a" * 60_000)
    with pytest.raises(RefusedError, match="more than"):
        read_blade(path)


def test_a_damaged_zip_file(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{PREFIX}_sen2.csv", TEXT["sen2"] * 50)
    content = bytearray(made.getvalue())
    content[60:90] = b"\xff" * 30
    (tmp_path / "bad.zip").write_bytes(content)
    with pytest.raises(UserError, match="cannot be unpacked"):
        read_blade(tmp_path / "bad.zip")


def test_limits_on_size_and_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    monkeypatch.setattr(limits, "RECORDS", 2)
    with pytest.raises(RefusedError, match="more than 2 rows"):
        read_blade(tmp_path)
    monkeypatch.setattr(limits, "FILE_BYTES", 300)
    with pytest.raises(RefusedError, match="MB"):
        read_blade(tmp_path)
