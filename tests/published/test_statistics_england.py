"""The published statistics as read, against figures published elsewhere and sums that must hold.

Unless said otherwise the figures are of the Department for Education, "Education, health and care plans",
reporting years 2022 and 2025.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.returns.statistics.build import area_from_statistics, national_from_statistics
from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.labels import age_range
from rightplace.returns.statistics.national import National
from rightplace.vocabulary import authority


@pytest.fixture(scope="module")
def national(open_data: Path) -> National:
    return national_from_statistics(open_data)


def england(national: National, measure: str, dimension: str = "total") -> dict[tuple[int, str], float]:
    rows = national.history.filter(la_code=ENGLAND, measure=measure, dimension=dimension)
    return {(year, value): people for year, value, people in rows.select("year", "value", "people").rows()}


def totals(national: National, measure: str) -> dict[int, float]:
    return {year: people for (year, _), people in england(national, measure).items()}


def test_every_authority_has_an_area(national: National) -> None:
    """153 authorities in January 2025, City of London and Isles of Scilly among them."""
    assert list(national.la_codes) == authority.current(2025)
    assert len(national.la_codes) == 153
    assert national.notices == ()
    for code in national.la_codes:
        area = national.area(code)
        assert area.name == authority.name(code)
        assert area["history"].filter(measure="plans", dimension="total")["people"].drop_nulls().len() >= 15
        assert not area["population"].is_empty()
        assert area["settings"].height >= 1
        assert not area["neighbourhoods"].is_empty()


def test_plans_in_January(national: National) -> None:
    plans = totals(national, "plans")
    assert [plans[year] for year in range(2019, 2026)] == [353995, 390109, 430697, 473255, 517048, 576474, 638745]
    assert [plans[year] for year in range(2010, 2019)] == [
        228221, 229017, 230156, 233431, 237111, 240183, 256315, 287290, 319819,
    ]  # fmt: skip


def test_flows(national: National) -> None:
    requests, new, ceased = (totals(national, measure) for measure in ("requests", "new_plans", "ceased_plans"))
    assert [requests[year] for year in range(2019, 2025)] == [82329, 75951, 93302, 114482, 138242, 154489]
    assert [new[year] for year in range(2019, 2025)] == [53899, 60097, 62180, 66706, 84428, 97747]
    assert [ceased[year] for year in (2022, 2023, 2024)] == [34724, 39419, 44862]
    assert totals(national, "transferred_out")[2024] == 13953
    assert totals(national, "assessed")[2024] == 105340
    assert totals(national, "refused")[2024] == 38889


def test_need_in_January_2025(national: National) -> None:
    need = england(national, "plans", "need")
    shares = {value: round(100 * people / 638745, 1) for (_, value), people in need.items()}
    assert shares == {
        "ASD": 31.5, "SLCN": 21.3, "SEMH": 20.7, "MLD": 10.6, "SLD": 3.9, "PD": 3.9, "SPLD": 2.4, "HI": 1.4, "PMLD": 1.3,
        "OTH": 1.2, "VI": 0.8, "MSI": 0.3, "not_recorded": 0.8,
    }  # fmt: skip


def test_settings_in_January_2025(national: National) -> None:
    settings = {
        value: people for (year, value), people in england(national, "plans", "setting").items() if year == 2025
    }
    assert sum(settings.values()) == 638745
    mainstream = sum(settings[kind] for kind in ("mainstream", "resourced_provision", "sen_unit"))
    special = sum(settings[kind] for kind in ("special_state", "special_independent", "special_non_maintained"))
    assert (mainstream, special) == (278236, 193880)
    assert settings["special_independent"] == 29647
    shares = {kind: round(100 * people / 638745, 1) for kind, people in settings.items()}
    assert (shares["resourced_provision"], shares["sen_unit"], shares["specialist_post_16"]) == (2.4, 1.4, 1.5)
    assert (shares["home_education"], shares["special_non_maintained"]) == (1.1, 0.7)


def test_age_bands_of_January_2025(national: National) -> None:
    bands = {value: people for (year, value), people in england(national, "plans", "age_band").items() if year == 2025}
    assert {band: round(100 * people / 638745, 1) for band, people in bands.items()} == {
        "0-4": 4.3, "5-10": 33.3, "11-15": 36.5, "16-19": 20.0, "20-25": 5.8,
    }  # fmt: skip


def test_new_plans_by_need_and_first_setting_in_2024(national: National) -> None:
    """The primary-need file counts 97,563 new plans against 97,747 in the file of new plans: both are as published."""
    need = england(national, "new_plans", "need")
    assert sum(need.values()) == 97563
    assert round(100 * need[(2024, "SEMH")] / 97563, 1) == 26.3
    settings = {
        value: people for (year, value), people in england(national, "new_plans", "setting").items() if year == 2024
    }
    mainstream = sum(settings[kind] for kind in ("mainstream", "resourced_provision", "sen_unit"))
    assert round(100 * mainstream / 97747, 1) == 75.1


def test_authorities_add_up_to_england_where_all_are_published(national: National) -> None:
    """But for what is known to be missing or mended: Newham 2025, 2024 without Hackney and Peterborough, and three returns of 2023."""
    rows = national.history.filter(dimension="total")
    summed = (
        rows.filter(pl.col("la_code") != ENGLAND)
        .group_by("measure", "year")
        .agg(pl.col("people").sum().alias("authorities"))
    )
    both = (
        rows.filter(la_code=ENGLAND)
        .join(summed, on=["measure", "year"])
        .with_columns(gap=pl.col("authorities") - pl.col("people"))
    )
    gaps = {
        (m, y): round(gap)
        for m, y, gap in both.filter(pl.col("gap").abs() > 0.5).select("measure", "year", "gap").rows()
    }
    assert gaps == {
        ("plans", 2025): -1199, ("refused", 2021): 107, ("assessed", 2021): -207, ("assessed", 2022): 169,
        ("requests", 2023): -935, ("refused", 2023): -194, ("assessed", 2023): -333,
    }  # fmt: skip
    assert both.height > 60


@pytest.mark.parametrize("dimension", ["setting", "age", "need", "age_band"])
def test_the_parts_of_a_measure_add_up_to_its_total(national: National, dimension: str) -> None:
    """In every authority and year from 2019 whose parts are published."""
    parts = national.history.filter((pl.col("dimension") == dimension) & (pl.col("year") >= 2019))
    whole = parts.group_by("la_code", "year", "measure").agg(
        pl.col("people").sum(), pl.col("people").null_count().alias("missing")
    )
    total = national.history.filter(dimension="total").select("la_code", "year", "measure", total="people")
    both = whole.filter(pl.col("missing") == 0).join(total, on=["la_code", "year", "measure"])
    assert both.height > 140
    gap = (pl.col("people") - pl.col("total")).abs() / pl.max_horizontal("total", 1)
    explained = (
        (pl.col("measure") == "new_plans")
        & (pl.col("year") == 2022)
        & pl.col("la_code").is_in(["384", ENGLAND])  # Wakefield
    ) | ((pl.col("la_code") == ENGLAND) & (pl.col("year") == 2024))
    wrong = both.filter((gap > (0.01 if dimension != "need" else 0.2)) & ~explained & (pl.col("total") > 20))
    if dimension == "age_band":
        wrong = wrong.filter(pl.col("measure") == "plans")
    assert wrong.is_empty(), wrong


def test_crosses_add_up_to_their_sides(national: National) -> None:
    rows = national.history.filter(la_code=ENGLAND, year=2025, measure="plans")
    for cross, side, at in (
        ("age+setting", "setting", 1),
        ("age+setting", "age", 0),
        ("need+setting", "setting", 1),
        ("age+need", "need", 1),
    ):
        parts = rows.filter(dimension=cross).with_columns(pl.col("value").str.split("+").list.get(at))
        summed = dict(parts.group_by("value").agg(pl.col("people").sum()).rows())
        whole = dict(rows.filter(dimension=side).select("value", "people").rows())
        if cross != "age+need":
            assert {value: n for value, n in summed.items() if n} == {value: n for value, n in whole.items() if n}
        else:
            # Surrey amended its needs after the ages were made: the two cuts differ by its amendment.
            assert sum(summed.values()) == sum(whole.values())


def test_no_count_is_made_up_of_nothing(national: National) -> None:
    history = national.history
    assert not history.select("la_code", "year", "measure", "dimension", "value").is_duplicated().any()
    assert history.filter(pl.col("people") < 0).is_empty()
    assert history["source"].null_count() == 0
    ages = history.filter(pl.col("dimension") == "age")["value"].unique()
    assert all(label == "unknown" or age_range(label) for label in ages)


def test_newham_January_2025_is_missing_and_no_other_total(national: National) -> None:
    missing = national.history.filter(pl.col("people").is_null(), measure="plans", dimension="total")
    assert missing.select("la_code", "year").rows() == [("316", 2025)]
    assert "not credible" in missing["source"].item()
    assert national.history.filter(la_code="316", year=2025, measure="plans")["people"].drop_nulls().is_empty()


def test_breakdowns_of_January_2024_lack_hackney_and_peterborough(national: National) -> None:
    """572,829 of 576,474: the two gave totals only."""
    age = national.history.filter(year=2024, measure="plans", dimension="age")
    assert age.filter(la_code=ENGLAND)["people"].sum() == 572829
    missing = age.group_by("la_code").agg(pl.col("people").drop_nulls().len()).filter(pl.col("people") == 0)
    assert set(missing["la_code"]) == {"204", "874"}
    totals_2024 = national.history.filter(year=2024, measure="plans", dimension="total")
    assert dict(totals_2024.filter(pl.col("la_code").is_in(["204", "874"])).select("la_code", "people").rows()) == {
        "204": 3525,
        "874": 2625,
    }


def test_a_regions_total_printed_for_its_authorities_is_put_right(national: National) -> None:
    """2022: fifteen authorities carry 6,078. Put right they are what the release of 2023 gave for the region: 6,078."""
    yorkshire = [code for code in national.la_codes if authority.AUTHORITIES[code].region == "Yorkshire and The Humber"]
    rows = national.history.filter(
        pl.col("la_code").is_in(yorkshire), year=2022, measure="new_plans", dimension="total"
    )
    assert rows["people"].sum() == 6078
    assert rows.filter(la_code="384")["people"].item() == 462


def test_stock_does_not_follow_from_new_less_ceased(national: National) -> None:
    """Moves between authorities leave as ceased and do not come back as new: a gap of 9,386 in 2024, 14,417 in 2023, 11,811 in 2022."""
    plans, new, ceased = (totals(national, measure) for measure in ("plans", "new_plans", "ceased_plans"))
    gaps = [plans[year + 1] - plans[year] - new[year] + ceased[year] for year in (2022, 2023, 2024)]
    assert gaps == [11811, 14417, 9386]


def test_reorganised_authorities_keep_their_history(national: National) -> None:
    """Cumbria had 4,489 plans in January 2023; its successors' shares of it add up to that, and say they are derived."""
    rows = national.history.filter(pl.col("la_code").is_in(["942", "943"]), measure="plans", dimension="total")
    assert rows.filter(year=2023)["people"].sum() == pytest.approx(4489, abs=0.01)
    assert rows.filter(pl.col("year") <= 2023)["source"].str.contains("derived: .*Cumbria").all()
    assert not rows.filter(pl.col("year") >= 2024)["source"].str.contains("derived").any()
    assert set(rows["year"]) == set(range(2010, 2026))
    for parts, years in ((("940", "941"), range(2010, 2022)), (("838", "839"), range(2010, 2020))):
        held = national.history.filter(pl.col("la_code").is_in(parts), measure="plans", dimension="total")
        assert held.filter(pl.col("year").is_in(list(years)))["source"].str.contains("derived").all()
        assert held["year"].n_unique() == 16


def test_high_needs_money(national: National) -> None:
    """Dedicated schools grant: high needs block £6.28bn, 7.06, 7.91, 8.99, 9.95bn. Section 251 outturn 2021-22: see each line."""
    budget = pl.concat([rows.with_columns(la_code=pl.lit(code)) for code, rows in national.parts["budget"].items()])
    block = budget.filter("income").group_by("financial_year").agg(pl.col("budget_pence").sum() / 1e11)
    assert {year: round(bn, 2) for year, bn in block.rows()} == {
        2019: 6.28,
        2020: 7.06,
        2021: 7.91,
        2022: 8.99,
        2023: 9.95,
    }
    cumbria = 17  # £m, Cumbria's outturn is not shared to its successors
    lines = budget.filter(~pl.col("income")).with_columns(pl.col("line").str.split(": ").list.first().alias("group"))
    spent = {group: pence / 1e8 for group, pence in lines.group_by("group").agg(pl.col("outturn_pence").sum()).rows()}
    assert spent["Top-up funding, state settings"] == pytest.approx(3780, abs=2 * cumbria)
    assert spent["Top-up funding, non-maintained and independent settings"] == pytest.approx(1766, abs=cumbria)
    assert spent["SEN support and inclusion services"] == pytest.approx(634, abs=cumbria)


def test_unit_costs(national: National) -> None:
    """State special about £24,000 a place; independent and non-maintained special £51,000 to £58,000 (2021-22, derived)."""
    costs = dict(national.parts["costs"][ENGLAND].select("setting_kind", "annual_cost_pence").rows())
    assert costs["special_state"] / 100 == pytest.approx(24_000, rel=0.02)
    assert 51_000 <= costs["special_independent"] / 100 <= 58_500
    assert costs["mainstream"] < costs["resourced_provision"] < costs["special_state"] < costs["special_independent"]
    barnet = national.area("302")["costs"]
    assert set(barnet["setting_kind"]) == set(costs)


def test_special_school_places(national: National) -> None:
    """GIAS, May 2026: state special 139,708 places in 145 authorities, independent special 48,441."""
    rows = national.capacity.filter(kind="special_capacity", measure="places")
    state, independent = (rows.filter(provision=f"{sector} special schools") for sector in ("state", "independent"))
    assert (state["number"].sum(), state.height) == (139708, 145)
    assert independent["number"].sum() == 48441


def test_neighbours(national: National) -> None:
    """Children's services statistical neighbours, 2025: ten for each; Barnsley's closest is Rotherham."""
    assert national.neighbours.height == 1530
    barnsley = national.neighbours.filter(la_code="370")
    assert barnsley["rank"].to_list() == list(range(1, 11))
    assert barnsley["neighbour"][0] == "372"
    assert set(national.neighbours["neighbour"]) <= set(national.la_codes)


def test_neighbourhoods(national: National) -> None:
    """33,755 lower-layer super output areas of 2021; 11,899,326 aged 0 to 17."""
    parts = national.parts["neighbourhoods"]
    assert sum(rows.height for rows in parts.values()) == 33755
    assert sum(rows["people_0_17"].sum() for rows in parts.values()) == pytest.approx(11_899_326, rel=1e-3)
    assert set(parts) == set(national.la_codes)


def test_one_authority_by_any_of_its_names(open_data: Path, national: National) -> None:
    by_code = national.area("815")
    by_name = area_from_statistics(open_data, "E10000023")
    assert by_name.la_code == "815"
    assert all(by_code[table].equals(by_name[table]) for table in by_code.tables)


@pytest.mark.parametrize("until", [2021, 2024])
def test_a_back_test_sees_nothing_later(open_data: Path, until: int) -> None:
    """Authorities in force, history, population and money are those known in the January."""
    before = national_from_statistics(open_data, until=until)
    assert before.last_january == until
    assert list(before.la_codes) == authority.current(until)
    stocks = before.history.filter(measure="plans")
    flows = before.history.filter(pl.col("measure") != "plans")
    assert (stocks["year"].max(), flows["year"].max()) == (until, until - 1)
    assert before.population.filter(~pl.col("projected"))["year"].max() == min(until - 1, 2022)
    assert before.population["year"].max() > until + 10
    assert (
        not before.parts["budget"]
        or max(rows["financial_year"].max() for rows in before.parts["budget"].values()) < until
    )
    assert before.area("302").la_code == "302"
