"""What the transition-count model accepts, refuses and says about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.area import record
from rightplace.area.tables import BY_NAME
from rightplace.errors import CancelledByUser, DataError, UserError
from rightplace.forecast.transition_counts import census, inputs, scores, skill
from rightplace.forecast.transition_counts.estimate import estimate
from rightplace.forecast.transition_counts.exact import expected
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.simulate import simulate
from rightplace.returns.transition_counts import read_folder

TRANSITIONS = """calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2
2020,NONSEND,NONSEND,4,school,ASD,5
2020,school,ASD,5,school,ASD,6
2020,school,ASD,5,special,ASD,6
2020,school,ASD,5,school,ASD,6
2021,school,ASD,6,NONSEND,NONSEND,7
2021,NONSEND,NONSEND,4,special,SEMH,5
2021,school,ASD,6,school,ASD,7
"""
STATES = """setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting
school,one,0,11,"ASD, SEMH","school, special"
special,one,0,13,"ASD, SEMH","school, special"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    years = [f"{year},{group},100" for year in range(2020, 2025) for group in range(14)]
    (tmp_path / "transitions.csv").write_text(TRANSITIONS)
    (tmp_path / "valid-states.csv").write_text(STATES)
    (tmp_path / "population.csv").write_text("\n".join(["calendar-year,academic-year,population", *years]))
    (tmp_path / "costs.csv").write_text("need,setting,cost\nASD,school,9000.5\nASD,special,20000\n")
    return tmp_path


def given(folder: Path) -> Inputs:
    return inputs.from_files(read_folder(folder))


def test_files_become_inputs(folder: Path) -> None:
    read = read_folder(folder)
    assert [(source.file, source.rows_in, source.rows_kept) for source in read.sources] == [
        ("transitions.csv", 7, 7),
        ("population.csv", 70, 70),
        ("valid-states.csv", 2, 2),
        ("costs.csv", 2, 2),
    ]
    ours = inputs.from_files(read)
    assert ours.seed_year == 2022
    assert ours.years() == [2023, 2024]
    assert ours.years(2023) == [2023]
    assert ours.stock(2021).sort("setting").rows() == [
        ("ASD", "school", 5, 1),
        ("ASD", "school", 6, 2),
        ("ASD", "special", 6, 1),
    ]
    assert ours.notes == ()


def test_without_costs_places_cost_nothing(folder: Path) -> None:
    (folder / "costs.csv").unlink()
    rows = expected(given(folder), estimate(given(folder)))
    assert rows.filter(pl.col("dimension") == "cost")["mean"].to_list() == [0.0, 0.0, 0.0]


def test_the_cost_of_the_seed_january_is_its_people_at_their_prices(folder: Path) -> None:
    """One child in school at 9,000.50 and one in special with no price."""
    ours = given(folder)
    run = simulate(ours, estimate(ours), futures=3)
    assert run.summary.filter(pl.col("dimension") == "cost")["mean"].to_list()[0] == 9000.5


def test_rows_that_cannot_be_used_are_counted(folder: Path) -> None:
    more = "2021,NONSEND,ASD,4,school,ASD,5\n2021,moon,ASD,4,school,ASD,5\n2021,school,ASD,24,school,ASD,25\n2021,school,ASD,x,school,ASD,6\n"
    (folder / "transitions.csv").write_text(TRANSITIONS + more)
    ours = given(folder)
    assert ours.transitions["people"].sum() == 7
    assert sorted(ours.notes) == [
        "1 transitions are left out: a need or a setting, not both, is outside, or both Januaries are.",
        "1 transitions are left out: a need or setting is in no valid state.",
        "1 transitions are left out: a year group is above 20.",
        "transitions.csv: 1 rows were refused, as a value is missing or not a number.",
    ]


def test_a_file_that_is_not_there_or_lacks_a_column_is_named(folder: Path) -> None:
    (folder / "population.csv").write_text("calendar-year,people\n2020,1\n")
    with pytest.raises(DataError, match=r"population\.csv.*academic-year, population"):
        read_folder(folder)
    (folder / "population.csv").unlink()
    with pytest.raises(DataError, match=r"population\.csv"):
        read_folder(folder)


def test_residents_that_are_missing_or_too_few_are_refused(folder: Path) -> None:
    text = (folder / "population.csv").read_text()
    (folder / "population.csv").write_text(text.replace("2021,5,100\n", ""))
    with pytest.raises(DataError, match="no residents, in a January of the history, of year group 5"):
        estimate(given(folder))
    (folder / "population.csv").write_text(text.replace("2021,5,100", "2021,5,0"))
    with pytest.raises(DataError, match="More join than there are residents of year group 5"):
        estimate(given(folder))
    (folder / "population.csv").write_text(text.replace("2024,5,100\n", ""))
    with pytest.raises(DataError, match="no residents of year group 5 in 2024"):
        expected(given(folder), estimate(given(folder)))


def test_no_january_to_foresee_is_refused(folder: Path) -> None:
    ours = given(folder)
    with pytest.raises(DataError, match="no January after 2022"):
        simulate(ours, estimate(ours), last_year=2022)
    with pytest.raises(UserError, match="0 futures"):
        simulate(ours, estimate(ours), futures=0)
    with pytest.raises(DataError, match="no transitions up to 2019"):
        ours.until(2019)


def test_a_run_can_be_stopped(folder: Path) -> None:
    ours = given(folder)

    def stop(done: int, asked: int, what: str) -> None:
        assert 0 < done <= asked == 500
        raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        simulate(ours, estimate(ours), futures=500, progress=stop)


def test_a_crps_by_hand() -> None:
    """Futures 1 and 3, truth 2: mean error 1, half the mean distance between futures 0.5. One future: its error."""
    assert scores.crps(np.array([3.0, 1.0]), np.array(2.0)) == pytest.approx(0.5)
    assert scores.crps(np.array([[5.0, 0.0]]), np.array([2.0, 4.0])).tolist() == [3.0, 4.0]


def area(**tables: pl.DataFrame) -> record.Area:
    whole = {
        name: pl.DataFrame(rows.to_dict(as_series=False), schema=BY_NAME[name].schema)
        if set(rows.columns) == set(BY_NAME[name].schema)
        else rows.select(
            (pl.col(c).cast(t) if c in rows.columns else pl.lit(None, dtype=t).alias(c))
            for c, t in BY_NAME[name].schema.items()
        )
        for name, rows in tables.items()
    }
    return record.build(la_code="999", name="Marlshire", tables=whole)


CENSUS = pl.DataFrame(
    {
        "census_year": [2022, 2022, 2022, 2023, 2023, 2023, 2024, 2024, 2026],
        "person_id": ["a", "b", "c", "a", "b", "d", "a", "d", "a"],
        "need": ["ASD", "MLD", "ASD", "ASD", "MLD", "MLD", "ASD", "MLD", "ASD"],
        "setting_kind": ["mainstream"] * 3
        + ["special_state", "mainstream", "mainstream", "special_state", "mainstream", "special_state"],
        "year_group": [5, 8, 14, 6, 9, 3, 7, 4, 9],
    }
)


def test_an_area_with_returns_can_be_run() -> None:
    """Three Januaries in a row and one alone; a moves and stays, b stays and leaves, c leaves, d joins and stays."""
    costs = pl.DataFrame(
        {
            "financial_year": [2024, 2024],
            "setting_kind": ["mainstream"] * 2,
            "need": [None, "ASD"],
            "annual_cost_pence": [600_000, 900_000],
        }
    )
    ours = census.from_census(area(census=CENSUS, costs=costs), years=3)
    kinds = ours.transitions.group_by(
        joined=pl.col("setting-1") == "NONSEND",
        left=pl.col("setting-2") == "NONSEND",
        same=pl.col("setting-1") == pl.col("setting-2"),
    ).agg(pl.col("people").sum())
    assert sorted(kinds.rows()) == [
        (False, False, False, 1),
        (False, False, True, 3),
        (False, True, False, 2),
        (True, False, False, 1),
    ]
    assert ours.seed_year == 2024
    assert ours.years() == [2025, 2026, 2027]
    assert any("January 2026" in note for note in ours.notes)
    assert ours.costs.sort("setting", "need").rows() == [("ASD", "mainstream", 9000.0), ("MLD", "mainstream", 6000.0)]
    run = simulate(ours, estimate(ours), futures=20)
    assert run.summary.filter((pl.col("dimension") == "total") & (pl.col("year") == 2024))["mean"].item() == 2.0


def test_an_area_is_not_looked_at_after_a_back_test_s_origin() -> None:
    ours = census.from_census(area(census=CENSUS), until=2023)
    assert ours.history == [2022]
    with pytest.raises(UserError, match="two consecutive January returns"):
        census.from_census(area(census=CENSUS), until=2022)
    with pytest.raises(UserError, match="three Januaries"):
        skill.folds(ours)


def test_a_forecast_that_knows_the_truth_scores_nought(folder: Path) -> None:
    """Any forecast can be scored: one that knew, one that was 3 too many in every need (so 6 in all) with no doubt."""
    ours = given(folder)

    def knowing(extra: float) -> skill.Forecaster:
        def foresee(inputs_: Inputs, last_year: int) -> skill.Foreseen:
            assert (inputs_.history, last_year) == ([2020], 2022)
            stock = ours.stock(2022)
            need = np.array([[float(stock.filter(need=n)["people"].sum()) + extra for n in ("ASD", "SEMH")]])
            setting = np.array([[float(stock.filter(setting=s)["people"].sum()) for s in ("school", "special")]])
            return skill.Foreseen(
                years=[2022],
                needs=("ASD", "SEMH"),
                settings=("school", "special"),
                total=need.sum(axis=1, keepdims=True),
                need=need[:, None, :],
                setting=setting[:, None, :],
            )

        return foresee

    right, wrong = (skill.folds(ours, foresee=knowing(extra)).row(0, named=True) for extra in (0.0, 3.0))
    assert (right["train_until"], right["year"], right["truth"], right["inside"]) == (2020, 2022, 2, True)
    assert (right["crps"], right["needs_mae"], right["needs_inside"], right["settings_inside"]) == (0.0, 0.0, 2, 2)
    assert (wrong["crps"], wrong["needs_mae"], wrong["needs_inside"], wrong["inside"]) == (6.0, 3.0, 0, False)
    assert wrong["error_percent"] == 300.0
