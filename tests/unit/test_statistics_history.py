"""Yearly counts from small files in the publisher's own shapes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.area.record import Source
from rightplace.errors import DataError
from rightplace.returns.statistics.build import area_from_statistics, national_from_statistics
from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.national import National

LEAVES = (
    "mainstream_la_maintained",
    "mainstream_academy",
    "mainstream_academy_resourced_provision",
    "special_la_maintained",
    "special_independent",
    "neet",
)
ALL, AGE, SEX = "All EHC plans", "Child or young persons age", "Sex"
NEW, STARTED = "New EHC plans", "Age when plan started"


def row(
    period: str,
    code: str,
    topic: str,
    label: str,
    total: object,
    *leaves: object,
    level: str = "Local authority",
    name: str = "ehcplans",
) -> dict[str, object]:
    where = {
        "time_period": period,
        "geographic_level": level,
        "old_la_code": code,
        "breakdown_topic": topic,
        "breakdown": label,
    }
    return {**where, name: total, **dict(zip(LEAVES, leaves, strict=False))}


def caseload(folder: Path, *rows: dict[str, object], name: str = "caseload.csv") -> None:
    text = [{column: None if value is None else str(value) for column, value in one.items()} for one in rows]
    pl.DataFrame(text, infer_schema_length=None).write_csv(folder / name)


def people(
    national: National, la_code: str, year: int, dimension: str, measure: str = "plans"
) -> dict[str, float | None]:
    rows = national.history.filter(la_code=la_code, year=year, dimension=dimension, measure=measure)
    return dict(rows.select("value", "people").rows())


def of(national: National, kind: str) -> Source:
    return next(source for source in national.sources if source.kind == kind)


def test_totals_settings_ages_and_their_crosses(tmp_path: Path) -> None:
    caseload(
        tmp_path,
        row("202425", "", ALL, ALL, 110, 30, 20, 10, 25, 15, 10, level="National"),
        row("202425", "302", ALL, ALL, 60, 20, 10, 5, 15, 5, 5),
        row("202425", "302", AGE, "age 7", 40, 15, 8, 5, 10, 2, 0),
        row("202425", "302", AGE, "under 3", 20, 5, 2, 0, 5, 3, 5),
        row("202425", "302", SEX, "Male", 40, 15, 8, 5, 10, 2, 0),
        row("202425", "", ALL, ALL, 200, 0, 0, 0, 0, 0, 0, level="Regional"),
    )
    national = national_from_statistics(tmp_path)
    assert people(national, ENGLAND, 2025, "total") == {"total": 110}
    assert people(national, "302", 2025, "setting") == {
        "mainstream": 30, "resourced_provision": 5, "special_state": 15, "special_independent": 5, "not_in_education": 5,
    }  # fmt: skip
    assert people(national, "302", 2025, "age") == {"7": 40, "0-2": 20}
    assert people(national, "302", 2025, "age_band") == {"5-10": 40, "0-4": 20}
    assert people(national, "302", 2025, "age+setting")["7+special_state"] == 10
    source = of(national, "caseload")
    assert (source.rows_in, source.rows_kept, source.edition) == (6, 4, "2025")
    assert {refusal.reason: refusal.rows for refusal in source.refused} == {
        "a row about a region, which is not used": 1,
        "a breakdown that is not used, such as sex or ethnicity": 1,
    }


def test_a_setting_column_does_not_hold_the_units_beside_it(tmp_path: Path) -> None:
    """DfE's England totals, January 2025: the mainstream columns, bases and units add up to mainstream_total 278,236.

    So the base and unit columns are not "of which" their schools' columns, and nothing is taken away from them.
    """
    england = {
        "mainstream_la_maintained": 95542, "mainstream_la_maintained_resourced_provision": 6730,
        "mainstream_la_maintained_senunit": 3146, "mainstream_academy": 141630, "mainstream_academy_resourced_provision": 8578,
        "mainstream_academy_senunit": 5773, "mainstream_free_school": 9366, "mainstream_free_school_resourced_provision": 221,
        "mainstream_free_school_senunit": 76, "mainstream_independent": 7174,
    }  # fmt: skip
    assert sum(england.values()) == 278_236
    caseload(tmp_path, {**row("202425", "302", ALL, ALL, 278_236), **england})
    settings = people(national_from_statistics(tmp_path), "302", 2025, "setting")
    assert settings == {"mainstream": 253_712, "resourced_provision": 15_529, "sen_unit": 8_995}


def test_suppressed_parts_are_missing_not_zero_and_the_total_stays(tmp_path: Path) -> None:
    caseload(
        tmp_path,
        row("202425", "302", ALL, ALL, 60, "x", "x", "x", "x", "x", "x"),
        row("202425", "303", ALL, ALL, "c", 1, 1, 1, 1, 1, 1),
        row("202324", "303", ALL, ALL, 6, 1, 1, 1, 1, 1, 1),
    )
    national = national_from_statistics(tmp_path)
    assert people(national, "302", 2025, "total") == {"total": 60}
    assert set(people(national, "302", 2025, "setting").values()) == {None}
    assert people(national, "303", 2025, "total") == {"total": None}
    sources = national.history.filter(la_code="302", dimension="setting")["source"].unique().to_list()
    assert sources == ["DfE EHC plans: caseload; not published"]


def test_parts_that_do_not_add_up_are_not_used_unless_a_hundredth_is_lacking(tmp_path: Path) -> None:
    caseload(
        tmp_path,
        row("202425", "302", ALL, ALL, 60, 20, 10, 5, 5, 5, 5),
        row("202425", "303", ALL, ALL, 40, 20, 10, 5, 5, 5, 5),
        row("202425", "304", ALL, ALL, 1000, 595, 100, 100, 100, 50, 50),
    )
    national = national_from_statistics(tmp_path)
    assert set(people(national, "302", 2025, "setting").values()) == {None}
    assert set(people(national, "303", 2025, "setting").values()) == {None}
    assert sum(filter(None, people(national, "304", 2025, "setting").values())) == 995
    notes = national.history.filter(pl.col("dimension") == "setting").group_by("la_code").agg(pl.col("source").first())
    assert "do not add up" in dict(notes.rows())["302"]
    assert "a few short" in dict(notes.rows())["304"]


def test_what_is_left_of_a_total_of_new_plans_is_the_kind_that_is_not_published(tmp_path: Path) -> None:
    caseload(tmp_path, row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0))
    new = {"level": "Local authority", "name": "new_ehc_plans"}
    caseload(
        tmp_path,
        row("2020", "302", NEW, NEW, 104, 50, 30, 10, 5, 5, "x", **new),  # type: ignore[arg-type]
        row("2024", "302", NEW, NEW, 103, 50, 30, 10, 5, 5, 0, **new),  # type: ignore[arg-type]
        name="newplans.csv",
    )
    national = national_from_statistics(tmp_path)
    assert people(national, "302", 2020, "setting", "new_plans")["not_in_education"] == 4
    assert people(national, "302", 2024, "setting", "new_plans")["other"] == 3
    derived = national.history.filter(pl.col("source").str.contains("leave of the total"))
    assert set(derived["value"]) == {"not_in_education", "other"}


def test_a_January_return_known_to_be_wrong_is_missing_with_the_reason(tmp_path: Path) -> None:
    """Newham, January 2025: 1,199 plans published against 2,705 a year before."""
    caseload(
        tmp_path,
        row("202324", "316", ALL, ALL, 2705, 2705, 0, 0, 0, 0, 0),
        row("202425", "316", ALL, ALL, 1199, 1199, 0, 0, 0, 0, 0),
        row("202425", "316", AGE, "age 7", 1199, 1199, 0, 0, 0, 0, 0),
    )
    national = national_from_statistics(tmp_path)
    assert people(national, "316", 2025, "total") == {"total": None}
    assert people(national, "316", 2025, "age") == {"7": None}
    note = national.history.filter(year=2025, dimension="total")["source"].item()
    assert "1,199 plans against 2,705 a year before" in note
    assert people(national, "316", 2024, "total") == {"total": 2705}


def test_a_later_edition_with_the_mended_figure_is_left_alone(tmp_path: Path) -> None:
    caseload(tmp_path, row("202425", "316", ALL, ALL, 3171, 3171, 0, 0, 0, 0, 0))
    assert people(national_from_statistics(tmp_path), "316", 2025, "total") == {"total": 3171}


def test_a_region_printed_as_an_authority_is_put_right(tmp_path: Path) -> None:
    """New plans 2022: the 15 authorities of Yorkshire and The Humber carry the region's 6,078; Sheffield's own is 955."""
    caseload(tmp_path, row("202223", "373", ALL, ALL, 60, 60, 0, 0, 0, 0, 0))
    new = row("2022", "373", NEW, NEW, 6078, 694, 69, 21, 46, 48, 77, name="new_ehc_plans")
    caseload(tmp_path, new, name="newplans.csv")
    national = national_from_statistics(tmp_path)
    assert people(national, "373", 2022, "total", "new_plans") == {"total": 955}
    assert sum(filter(None, people(national, "373", 2022, "setting", "new_plans").values())) == 955
    assert not any("Yorkshire" in note.reason for note in of(national, "newplans").noted)
    mine = next(source for source in national.area("373").lineage if source.kind == "newplans")
    assert [note.rows for note in mine.noted if "Yorkshire" in note.reason] == [1]


def test_the_later_publication_of_a_count_stands_and_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    caseload(tmp_path, row("202324", "302", ALL, ALL, 50, 50, 0, 0, 0, 0, 0))
    caseload(
        tmp_path,
        row("202324", "302", ALL, ALL, 52, 52, 0, 0, 0, 0, 0),
        row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0),
        name="caseload_2025.csv",
    )
    caseload(tmp_path, row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0), name="caseload_again.csv")
    national = national_from_statistics(tmp_path)
    assert people(national, "302", 2024, "total") == {"total": 52}
    assert national.history.filter(la_code="302", year=2025, dimension="total").height == 1


def test_the_shape_of_2022_gives_totals_and_bands_back_to_2010(tmp_path: Path) -> None:
    rows = [
        ("2010", "Total", 40, None, 40), ("2010", "Under 5", 4, None, 4), ("2010", "Age 5 to 10", 36, None, 36),
        ("2022", "Total", None, 90, 90), ("2022", "Age 20 to 25", None, 90, 90),
    ]  # fmt: skip
    pl.DataFrame(
        [("302", "Local authority", *one) for one in rows],
        schema=[
            "old_la_code",
            "geographic_level",
            "time_period",
            "characteristic_age",
            "Total_st",
            "Total_ehc",
            "Total_all",
        ],
        orient="row",
    ).write_csv(tmp_path / "sen2_age_caseload.csv")
    national = national_from_statistics(tmp_path)
    assert people(national, "302", 2010, "total") == {"total": 40}
    assert people(national, "302", 2010, "age_band") == {"0-4": 4, "5-10": 36}
    assert people(national, "302", 2022, "age_band") == {"20-25": 90}


def test_subtotals_of_placement_are_not_counted_twice(tmp_path: Path) -> None:
    caseload(tmp_path, row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0))
    topics = [("All ceased EHC plans", "All ceased EHC plans", 10, 4), ("Type of placement", "Special - total", 10, 4),
              ("Type of placement", "Special - independent", 6, 3), ("Type of placement", "Special - Academy/free schools", 3, 1),
              ("Type of placement", "Special - LA maintained", 1, 0), ("Type of placement", "Special - on the moon", 5, 0)]  # fmt: skip
    pl.DataFrame(
        [("2024", "Local authority", "302", *one) for one in topics],
        schema=[
            "time_period",
            "geographic_level",
            "old_la_code",
            "breakdown_topic",
            "breakdown",
            "total_ceased",
            "transfer",
        ],
        orient="row",
    ).write_csv(tmp_path / "ceased_plans.csv")
    national = national_from_statistics(tmp_path)
    assert people(national, "302", 2024, "setting", "ceased_plans") == {"special_independent": 6, "special_state": 4}
    assert people(national, "302", 2024, "total", "transferred_out") == {"total": 4}
    reasons = {refusal.reason: refusal.rows for refusal in of(national, "ceased_plans").refused}
    assert reasons["a total or subtotal, whose people are in other rows"] == 1
    assert reasons["a label that is not known: 'special - on the moon'"] == 1


def test_unknown_authorities_and_years_are_counted_and_the_rest_is_kept(tmp_path: Path) -> None:
    caseload(
        tmp_path,
        row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0),
        row("202425", "999", ALL, ALL, 60, 60, 0, 0, 0, 0, 0),
        row("soon", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0),
    )
    national = national_from_statistics(tmp_path)
    assert national.la_codes == ("302",)
    assert {refusal.rows for refusal in of(national, "caseload").refused} == {1}


def test_missing_files_are_sentences_in_the_areas_lineage(tmp_path: Path) -> None:
    caseload(tmp_path, row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0))
    area = area_from_statistics(tmp_path, "Barnet")
    assert (area.la_code, area.name) == ("302", "Barnet")
    assert area["history"].filter(dimension="total")["people"].to_list() == [60]
    said = [refusal.reason for source in area.lineage for refusal in source.noted]
    assert any("(requests) was found" in sentence for sentence in said)
    assert area["population"].is_empty()


def test_a_renamed_column_of_one_kind_of_setting_is_told_of(tmp_path: Path) -> None:
    caseload(tmp_path, {**row("202425", "302", ALL, ALL, 60, 20, 10, 5, 15), "special_independant": "10", "neet": "0"})
    national = national_from_statistics(tmp_path)
    assert any(
        "Is the column 'special_independant' what was 'special_independent'?" in notice for notice in national.notices
    )
    assert set(people(national, "302", 2025, "setting").values()) == {None}


def test_the_release_of_2026_splits_special_academies_and_counts_down_syndrome(tmp_path: Path) -> None:
    """England rows of the 2026 release for January 2025: Down syndrome "x", the other needs as the year before."""
    caseload(
        tmp_path,
        {**row("202526", "302", ALL, ALL, 60, 20, 10, 5, 5), "special_academy": "12", "special_free_school": "8"},
    )
    needs = {
        "asd": 201183, "ds": "x", "hi": 8765, "mld": 67861, "msi": 1692, "oth": 7512, "pd": 24897, "pmld": 8577, "semh": 132218,
        "slcn": 135835, "sld": 25025, "spld": 15030, "vi": 5280, "need_unknown": 4870,
    }  # fmt: skip
    england = {f"number_{end}": n for end, n in needs.items()}
    plans = row("202425", "", ALL, ALL, 638745, level="National", name="ehc_plans")
    barnet = {
        **row("202526", "302", ALL, ALL, 60, name="ehc_plans"),
        **dict.fromkeys(england, 0),
        "number_ds": 9,
        "number_asd": 51,
    }
    caseload(tmp_path, {**plans, **england}, barnet, name="sen_needs_all_plans.csv")
    new = row("2025", "302", "All new EHC plans", "All new EHC plans", 12, 6, 0, 0, 2, 1, 0, name="new_ehc_plans")
    started = row("2025", "302", "Age on plan start date", "age 10", 12, 6, 0, 0, 2, 1, 0, name="new_ehc_plans")
    caseload(tmp_path, {**new, "await_prov": "3"}, {**started, "await_prov": "3"}, name="newplans.csv")
    national = national_from_statistics(tmp_path)
    assert people(national, "302", 2026, "setting")["special_state"] == 25
    assert people(national, ENGLAND, 2025, "need")["ASD"] == 201183
    assert "DS" not in people(national, ENGLAND, 2025, "need")
    assert {value: n for value, n in people(national, "302", 2026, "need").items() if n} == {"ASD": 51, "DS": 9}
    assert people(national, "302", 2025, "setting", "new_plans")["not_in_education"] == 3
    assert people(national, "302", 2025, "age", "new_plans") == {"10": 12}


def test_a_renamed_topic_is_told_of(tmp_path: Path) -> None:
    caseload(
        tmp_path,
        row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0),
        row("202425", "302", "Their age", "age 7", 60, 60, 0, 0, 0, 0, 0),
    )
    notes = [note.reason for note in of(national_from_statistics(tmp_path), "caseload").noted]
    assert notes == [
        f"no plans by {dimension}: none of its topics ('all ehc plans', 'their age') is the one they are under"
        for dimension in ("age+setting", "age")
    ]


def test_nothing_to_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No counts of EHC plans were found"):
        national_from_statistics(tmp_path)
    caseload(tmp_path, row("202425", "302", ALL, ALL, 60, 60, 0, 0, 0, 0, 0))
    with pytest.raises(DataError, match="found to January 2020"):
        national_from_statistics(tmp_path, until=2020)


def test_an_authority_that_has_ended_points_to_those_that_took_its_area(tmp_path: Path) -> None:
    caseload(tmp_path, *(row("202425", code, ALL, ALL, 60, 60, 0, 0, 0, 0, 0) for code in ("942", "943")))
    with pytest.raises(DataError) as caught:
        area_from_statistics(tmp_path, "909")
    assert "942 (Cumberland) or 943 (Westmorland and Furness)" in caught.value.action
