"""Money and places: budget lines that add up, unit costs, neighbours, neighbourhoods and capacity from small files."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.returns.statistics.capacity import read_capacity
from rightplace.returns.statistics.costs import unit_costs
from rightplace.returns.statistics.finance import BLOCK, read_budget
from rightplace.returns.statistics.folder import Found, read_folder
from rightplace.returns.statistics.neighbourhoods import read_neighbourhoods
from rightplace.returns.statistics.neighbours import read_neighbours

PHASES = (
    "Early Years",
    "Primary",
    "Secondary",
    "Special schools and academies",
    "PRUs and AP academies",
    "Post School",
)
STATE = "Top up funding (maintained schools, academies, free schools and colleges)"
INDEPENDENT = "Top up funding (non-maintained and independent schools and colleges)"
WHOLE = (
    "SEN support and inclusion services",
    "Alternative provision services",
    "Hospital education services",
    "Therapies and other health related services",
)


def spending(code: str, unit: int) -> dict[str, str]:
    """A row of the benchmarking table: phases of 1 to 6 units, totals less income and recoupment of one unit."""
    row = {"LA code": code, "LA name": "Somewhere"}
    for what in ("budget", "outturn"):
        prefix = f"S251 {what} 2021-22: "
        for total, end in (("Place funding", ""), (STATE, " (1)"), (INDEPENDENT, " (2)")):
            row |= {f"{prefix}{phase}{end}": str(unit * (at + 1)) for at, phase in enumerate(PHASES)}
            row[prefix + total] = str(unit * 20)
        row |= {prefix + line: str(unit) for line in WHOLE}
    return row


def written(folder: Path) -> Found:
    pl.DataFrame([spending("302", 1000), spending("303", 500), spending("909", 9)]).write_csv(
        folder / "high_needs_benchmarking.csv"
    )
    (folder / "dsg_allocations.csv").write_text(
        "financial_year,la_code,la_name,High needs block (£s)\n"
        "2021-22,ENGLAND,,999999\n2021-22,302,Barnet,1234.56\n2022-23,302,Barnet,2000\n"
        "2022-23,909,Cumbria,300\n2023-24,942,Cumberland,200\n2023-24,943,Westmorland and Furness,100\n"
    )
    return read_folder(folder)


def budget(found: Found, *, until: int | None = None) -> pl.DataFrame:
    return read_budget(
        found.of("dsg_allocations"), found.of("high_needs_spending"), ["302", "303", "942", "943"], until=until
    )[0]


def test_lines_do_not_overlap_and_add_up_to_the_published_totals(tmp_path: Path) -> None:
    made = budget(written(tmp_path))
    spent = made.filter((pl.col("la_code") == "302") & ~pl.col("income"))
    assert spent["outturn_pence"].sum() == (3 * 20 + 4) * 1000 * 100
    by_line = dict(spent.select("line", "outturn_pence").rows())
    assert by_line["Top-up funding, state settings: special schools"] == 400_000
    assert by_line["Top-up funding, state settings: income, recoupment and the unallocated"] == -100_000
    assert made.select(pl.struct("la_code", "financial_year", "line").is_duplicated().any()).to_series().to_list() == [
        False
    ]


def test_the_england_row_with_a_blank_name_is_no_authority(tmp_path: Path) -> None:
    """Each year of the grant's file has an England row with no name: adding it in would double the total."""
    made = budget(written(tmp_path)).filter(line=BLOCK)
    assert made.filter(financial_year=2021)["budget_pence"].to_list() == [123_456]


def test_an_ended_authority_is_shared_by_its_successors_first_allocations(tmp_path: Path) -> None:
    made = budget(written(tmp_path)).filter(line=BLOCK, financial_year=2022)
    assert dict(made.select("la_code", "budget_pence").rows()) == {"302": 200_000, "942": 20_000, "943": 10_000}


def test_until_a_January_later_money_is_not_known(tmp_path: Path) -> None:
    found = written(tmp_path)
    assert budget(found, until=2023)["financial_year"].max() == 2022
    assert budget(found, until=2023).filter(financial_year=2021, income=False)["outturn_pence"].null_count() == 0
    before = budget(found, until=2022)
    assert before["financial_year"].max() == 2021
    assert before["outturn_pence"].null_count() == before.height


def test_a_unit_cost_is_spending_over_plans_with_place_funding(tmp_path: Path) -> None:
    made = budget(written(tmp_path))
    rows = [("302", year, "special_state", 100.0) for year in (2021, 2022)] + [
        ("303", year, "special_state", 10.0) for year in (2021, 2022)
    ]
    history = pl.DataFrame(rows, schema=["la_code", "year", "value", "people"], orient="row").with_columns(
        measure=pl.lit("plans"), dimension=pl.lit("setting")
    )
    costs = unit_costs(made, history).filter(setting_kind="special_state")
    by_code = dict(costs.select("la_code", "annual_cost_pence").rows())
    england = round((400_000 + 200_000) / 110) + 1_000_000
    assert by_code == {"302": 4_000 + 1_000_000, "303": england, "ENG": england}
    assert costs["need"].null_count() == costs.height


def test_neighbours_are_ranked_and_carried_to_the_authorities_in_force(tmp_path: Path) -> None:
    old = "LA num,LA Name," + ",".join(f"SN{n},SNP{n}" for n in range(1, 11))
    (tmp_path / "statistical_neighbours_2021.csv").write_text(
        f"{old}\n302,Barnet,909,Close,"
        + ",".join(["303,Close"] * 9)
        + "\n909,Cumbria,"
        + ",".join(["302,Close"] * 10)
        + "\n"
    )
    new = "old_la_code,la_name," + ",".join(f"SN_{n},SN_{n}P" for n in range(1, 11))
    (tmp_path / "sn_model_2025_wide.csv").write_text(
        f"{new}\n302,Barnet," + ",".join(f"{code},Very close" for code in range(303, 313)) + "\n"
    )
    tables = read_folder(tmp_path).of("neighbours")
    latest, sources = read_neighbours(tables, ["302", "942", "943", *map(str, range(303, 313))])
    assert latest["neighbour"].to_list() == [str(code) for code in range(303, 313)]
    assert latest["rank"].to_list() == list(range(1, 11))
    assert sources[0].edition == "2025"
    before, _ = read_neighbours(tables, ["302", "942", "943", "303"], until=2025)
    assert before.filter(la_code="302").select("neighbour", "rank").rows() == [("942", 1), ("943", 2), ("303", 3)]
    assert before.filter(la_code="942")["neighbour"].to_list() == ["302"]


def test_a_neighbourhoods_children_are_its_people_times_their_share(tmp_path: Path) -> None:
    (tmp_path / "lsoa21.csv").write_text(
        "lsoa21cd,lsoa21nm,old_la_code,easting,northing,IMD_decile,population,pct_0_4,pct_5_11,pct_12_17,pct_18_24\n"
        "E01000001,One,302,1,2,3,1000,5,8,7,9\nE01000002,Two,,1,2,3,1000,5,8,7,9\n"
    )
    made, sources = read_neighbourhoods(read_folder(tmp_path).of("neighbourhoods"))
    assert made.select("la_code", "neighbourhood_id", "deprivation_decile").rows() == [("302", "E01000001", 3)]
    assert made["people_0_17"].to_list() == pytest.approx([200.0])
    assert made["people_18_24"].to_list() == pytest.approx([90.0])
    assert sources[0].refused[0].rows == 1


def test_places_are_read_from_every_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "special_school_capacity.csv").write_text(
        "la_code,n_state_special_schools,state_special_capacity,n_indep_special_schools,indep_special_sector_capacity\nE09000003,4,500,2,\n"
    )
    (tmp_path / "scorecard_data.csv").write_text("Year,LANumber,PriNOR,SecNOR,PriCap,SecCap\n2023/24,302,90,80,100,x\n")
    (tmp_path / "dsg_high_needs_places.csv").write_text(
        "financial_year,la_code,la_name,provider_group,place_type,measure,value\n"
        "2023-24,ENGLAND,,Special academies,Pre-16 SEN Places,September 2023 to March 2024,49289\n"
        "2023-24,302,Barnet,Special academies,Pre-16 SEN Places,September 2023 to March 2024,120\n"
        "2023-24,302,Barnet,Special academies,Pre-16 SEN Places,SEN places deduction (£s),1200000\n"
    )
    (tmp_path / "school-capacity_school-level.csv").write_text(
        "time_period,geographic_level,old_la_code,school_urn,resourced_provision_capacity,primary_SEND_unit_capacity,secondary_SEND_unit_capacity\n"
        "202425,School,302,100000,12,0,z\n"
    )
    (tmp_path / "school-capacity_forecasts.csv").write_text(
        "time_period,geographic_level,old_la_code,education_phase,pupil_forecast_and_202425_actuals\n202829,Local authority,302,Primary,77\n"
    )
    made, _ = read_capacity(read_folder(tmp_path))
    numbers = {
        (provision, measure): number
        for provision, measure, number in made.select("provision", "measure", "number").rows()
    }
    assert numbers == {
        ("state special schools", "schools"): 4, ("state special schools", "places"): 500, ("independent special schools", "schools"): 2,
        ("primary schools", "places"): 100, ("primary schools", "pupils"): 90, ("secondary schools", "pupils"): 80,
        ("Special academies: Pre-16 SEN Places", "places"): 120, ("resourced provision in mainstream schools", "places"): 12,
        ("SEN units in primary schools", "places"): 0, ("specialist places, primary", "pupils expected"): 77,
    }  # fmt: skip
    assert read_capacity(read_folder(tmp_path), until=2024)[0]["year"].max() == 2024
