"""Reading registers of schools: the GIAS extract and the other files with the same facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rightplace.area.record import build
from rightplace.area.tables import BY_NAME
from rightplace.errors import DataError, UserError
from rightplace.returns.gias.published import SHAPES, published_settings
from rightplace.returns.gias.reader import read_gias
from rightplace.returns.gias.types import CODES
from rightplace.returns.statistics.folder import read_folder
from rightplace.vocabulary.setting import GIAS_TYPE_KIND

COLUMNS = (
    "URN", "LA (code)", "EstablishmentName", "TypeOfEstablishment (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
    "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "Gender (name)", "SchoolCapacity", "NumberOfPupils", "Trusts (name)",
    "UKPRN", "Postcode", "Easting", "Northing", "Section41Approved (name)", "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll",
    "ResourcedProvisionCapacity", "SenUnitOnRoll", "SenUnitCapacity", "SEN1 (name)", "SEN2 (name)", "SEN3 (name)", "HeadLastName",
)  # fmt: skip
PLAIN = {
    "LA (code)": "302",
    "EstablishmentName": "A School",
    "TypeOfEstablishment (code)": "01",
    "EstablishmentStatus (name)": "Open",
}


def extract(
    folder: Path, *rows: dict[str, str], name: str = "edubasealldata20260512.csv", encoding: str = "windows-1252"
) -> Path:
    """A GIAS extract of these rows, as GIAS writes one: every cell in quotes, Windows-1252."""
    lines = [",".join(f'"{column}"' for column in COLUMNS)]
    lines += [",".join(f'"{ {**PLAIN, **row}.get(column, "") }"' for column in COLUMNS) for row in rows]
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def test_every_fact_of_a_school_is_read(tmp_path: Path) -> None:
    path = extract(
        tmp_path,
        {
            "URN": "100001", "EstablishmentName": "St Zoë’s", "TypeOfEstablishment (code)": "34", "OpenDate": "01-09-2012", "UKPRN": "10012345",
            "PhaseOfEducation (name)": "Primary", "StatutoryLowAge": "4", "StatutoryHighAge": "11", "Gender (name)": "Mixed", "SchoolCapacity": "420",
            "NumberOfPupils": "401", "Trusts (name)": "Bright Trust", "Postcode": "N1 1AA", "Easting": "528230", "Northing": "185638",
            "Section41Approved (name)": "Not applicable", "TypeOfResourcedProvision (name)": "Resourced provision and SEN unit",
            "ResourcedProvisionOnRoll": "9", "ResourcedProvisionCapacity": "12", "SenUnitOnRoll": "17", "SenUnitCapacity": "16",
            "SEN1 (name)": "Not Applicable", "SEN2 (name)": "SpLD - Specific Learning Difficulty", "SEN3 (name)": "ASD - Autistic Spectrum Disorder",
        },
    )  # fmt: skip
    settings, source = read_gias(path)
    assert settings.schema == BY_NAME["settings"].schema
    row = settings.row(0, named=True)
    assert row == {
        "setting_id": "100001", "urn": "100001", "ukprn": "10012345", "name": "St Zoë’s", "setting_kind": "mainstream", "gias_type": 34, "phase": "Primary",
        "la_code": "302", "postcode": "N1 1AA", "easting": 528230.0, "northing": 185638.0, "low_age": 4, "high_age": 11, "sex": "X", "capacity": 420,
        "roll": 401, "resourced_capacity": 12, "resourced_roll": 9, "unit_capacity": 16, "unit_roll": 17, "needs": ["SPLD", "ASD"],
        "trust": "Bright Trust", "open_date": date(2012, 9, 1), "close_date": None, "section_41": None,
    }  # fmt: skip
    assert (source.kind, source.edition, source.rows_in, source.rows_kept) == ("gias", "20260512", 1, 1)
    build(la_code="302", name="Barnet", tables={"settings": settings})


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-8", "utf-8-sig"])
def test_the_extract_is_read_as_gias_or_excel_saved_it(tmp_path: Path, encoding: str) -> None:
    settings, _ = read_gias(extract(tmp_path, {"URN": "100001", "EstablishmentName": "École"}, encoding=encoding))
    assert settings["name"].to_list() == ["École"]


def test_rows_are_refused_with_a_reason_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = extract(
        tmp_path,
        {"URN": "100001"},
        {"URN": "100001", "EstablishmentName": "Again"},
        {"URN": "12"},
        {"URN": ""},
        {"URN": "100002", "TypeOfEstablishment (code)": "47"},
        {"URN": "100003", "EstablishmentStatus (name)": "Closed"},
        {"URN": "100004", "EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2019"},
        {"URN": "100005", "EstablishmentStatus (name)": "Proposed to open"},
        {"URN": "100006", "EstablishmentStatus (name)": "Proposed to open", "OpenDate": "01-09-2027"},
        {"URN": "100007", "EstablishmentStatus (name)": "Open, but proposed to close"},
        {"URN": "100008", "TypeOfEstablishment (code)": "99"},
        {"URN": "100009", "SEN1 (name)": "XYZ - Something new", "SEN2 (name)": "HI - Hearing Impairment"},
    )
    settings, source = read_gias(path)
    assert settings["urn"].to_list() == ["100001", "100004", "100006", "100007", "100008", "100009"]
    assert settings["close_date"].to_list()[1] == date(2019, 8, 31)
    assert {refusal.reason: refusal.rows for refusal in source.refused} == {
        "a URN that came before": 1,
        "its URN is not a number of five to seven digits": 2,
        "a children's centre or linked site": 1,
        "closed, with no date of closing": 1,
        "proposed, with no date of opening": 1,
    }
    noted = {refusal.reason: refusal.rows for refusal in source.noted}
    assert noted["a type of establishment that is not known: taken as another setting"] == 1
    assert noted["codes of need that are not known: left out"] == 1
    assert settings["needs"].to_list()[-1] == ["HI"]
    assert settings.filter(urn="100008")["setting_kind"].item() == "other"


def test_no_base_is_none_and_an_unstated_one_is_not_known(tmp_path: Path) -> None:
    path = extract(
        tmp_path,
        {"URN": "100001", "TypeOfResourcedProvision (name)": "Not applicable"},
        {"URN": "100002", "TypeOfResourcedProvision (name)": "SEN unit", "SenUnitCapacity": "8"},
        {"URN": "100003"},
        {"URN": "100004", "TypeOfResourcedProvision (name)": "Resourced provision"},
    )
    settings, _ = read_gias(path)
    assert settings.select("resourced_capacity", "unit_capacity").rows() == [(0, 0), (0, 8), (None, None), (None, 0)]


def test_columns_may_come_in_any_order_and_go_missing(tmp_path: Path) -> None:
    path = extract(
        tmp_path,
        {"URN": "100001", "SchoolCapacity": "0", "Gender (name)": "Girls", "Section41Approved (name)": "Approved"},
    )
    frame = pl.read_csv(path, infer_schema=False)
    frame.select(sorted(frame.columns, reverse=True)).drop("Easting", "Northing", "OpenDate", "SEN2 (name)").write_csv(
        path
    )
    settings, source = read_gias(path)
    assert settings.select("capacity", "sex", "section_41", "easting").row(0) == (None, "F", True, None)
    assert [refusal.reason for refusal in source.noted] == ["no place on the map"]


def test_dates_are_day_first_however_excel_saved_them(tmp_path: Path) -> None:
    dates = ("03-02-2020", "03/02/2020", "2020-02-03", "32-13-2020", "")
    path = extract(tmp_path, *({"URN": f"10000{at}", "OpenDate": text} for at, text in enumerate(dates)))
    assert read_gias(path)[0]["open_date"].to_list() == [date(2020, 2, 3)] * 3 + [None] * 2


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "URN,LA (code)\n100001,302\n"])
def test_a_file_that_is_no_register_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(content)
    with pytest.raises(DataError) as caught:
        read_gias(path)
    assert caught.value.action
    with pytest.raises(UserError, match="no such file"):
        read_gias(tmp_path / "nowhere.csv")


def test_an_extract_with_a_renamed_column_says_which(tmp_path: Path) -> None:
    path = extract(tmp_path, {"URN": "100001"})
    frame = pl.read_csv(path, infer_schema=False).rename({"TypeOfEstablishment (code)": "TypeOfEstablishment(code)"})
    frame.write_csv(path)
    with pytest.raises(
        DataError, match="Is the column 'TypeOfEstablishment\\(code\\)' what was 'TypeOfEstablishment \\(code\\)'"
    ):
        read_gias(path)


def test_a_type_that_is_a_number_of_something_else_is_not_known(tmp_path: Path) -> None:
    """Found by spoiling files: a cell that slipped along its row put an easting where the type belongs."""
    settings, _ = read_gias(extract(tmp_path, {"URN": "100001", "TypeOfEstablishment (code)": "528230"}))
    assert settings.select("gias_type", "setting_kind").row(0) == (None, "other")


def test_every_named_type_has_a_kind() -> None:
    assert set(CODES.values()) <= set(GIAS_TYPE_KIND)


def test_registers_are_merged_under_the_number_in_use_now(tmp_path: Path) -> None:
    extract(
        tmp_path,
        {
            "URN": "149001",
            "EstablishmentName": "New Academy",
            "SchoolCapacity": "90",
            "TypeOfEstablishment (code)": "44",
        },
    )
    pl.DataFrame(
        {
            "URN": ["100001", "100002"], "SCHNAME": ["Old School", "Other School"], "SCHOOLTYPE": ["Community special school", None],
            "CENSUS_LA": ["302", "909"], "CENSUS_SCHOOLTYPE": ["State-funded special school", "Pupil referral unit"], "NOR": ["80", "12"],
            "lat": ["51.5", None], "lon": ["-0.1", None], "CLOSEDATE": ["31-08-2023", None], "SCHSTATUS": ["Closed", None],
        }
    ).write_csv(tmp_path / "special_and_ap_schools_2021_22.csv")  # fmt: skip
    (tmp_path / "gias_links_2026.csv").write_text(
        "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n100001,149001,New,Successor,01-09-2023\n"
    )
    settings, sources = published_settings(read_folder(tmp_path, shapes=SHAPES))
    rows = {row["urn"]: row for row in settings.rows(named=True)}
    assert set(rows) == {"149001", "100002"}
    merged = rows["149001"]
    assert (merged["name"], merged["capacity"], merged["roll"], merged["setting_kind"], merged["close_date"]) == (
        "New Academy",
        90,
        80,
        "special_state",
        None,
    )
    assert merged["easting"] == pytest.approx(532_000, abs=2_000)
    assert rows["100002"]["setting_kind"] == "alternative_provision"
    assert {source.kind for source in sources} == {"gias", "special_schools", "gias_links"}
    earlier, _ = published_settings(read_folder(tmp_path, shapes=SHAPES), until=2022)
    assert set(earlier["urn"]) == {"100001", "100002"}
