"""Returns and populations that cannot be as given: refused in a sentence, or used with what was assumed said."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.errors import UserError
from rightplace.forecast.people import locality
from rightplace.forecast.result import Forecast
from rightplace.forecast.run import forecast
from rightplace.streams import generator


def _census(years: tuple[int, ...], kind: str | None = "mainstream", people: int = 600) -> pl.DataFrame:
    """People of Reception to Year 10 who grow older; a fifth of places are taken by new ones each year."""
    draws = generator(1, "test.bad")
    start = draws.integers(0, 11, people)
    schema = BY_NAME["census"].schema
    rows = []
    for year in range(min(years), max(years) + 1):
        for i, group in enumerate(start):
            turns = (year + i) // 5
            if year in years:
                rows.append({
                    "census_year": year, "person_id": f"{i}.{turns}", "need": "ASD", "setting_kind": kind,
                    "year_group": int((group + year) % 11), "neighbourhood_id": f"N{i % 3}",
                })  # fmt: skip
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def _population(people: float = 400.0, **at: float) -> pl.DataFrame:
    rows = [(2022, age, at.get(f"a{age}", people), False) for age in range(26)]
    return pl.DataFrame(rows, schema=BY_NAME["population"].schema, orient="row")


def _made(census: pl.DataFrame, population: pl.DataFrame | None = None) -> Forecast:
    tables = {"census": census, "population": _population() if population is None else population}
    return forecast(_area(**tables), years=3, futures=40)


def _area(**tables: pl.DataFrame) -> Area:
    return build(la_code="302", name="Made up", tables=tables)


def _said(made: Forecast, words: str) -> int:
    return made.assumptions.filter(pl.col("name").str.contains(words)).height


def _total(made: Forecast) -> np.ndarray:
    return made.summary.filter(pl.col("dimension") == "total").sort("year")["mean"].to_numpy()


def test_one_return_is_refused() -> None:
    """With what is needed."""
    with pytest.raises(UserError, match="two consecutive January returns"):
        _made(_census((2025,)))


def test_a_gap_year_is_said_and_the_trend_carried_over_it() -> None:
    """Returns of 2022, 2023 and 2025: futures start from 2025, less sure than from 2023, 2024 and 2025."""
    gap, whole = _made(_census((2022, 2023, 2025))), _made(_census((2023, 2024, 2025)))
    assert _said(gap, "January 2025 is beside no other return") == 1
    assert _said(whole, "beside no other return") == 0
    widths = [
        (one.summary.filter(pl.col("dimension") == "total").sort("year")["p90"][1]
         - one.summary.filter(pl.col("dimension") == "total").sort("year")["p10"][1]) for one in (gap, whole)
    ]  # fmt: skip
    assert widths[0] > widths[1]


def test_a_year_group_with_no_residents_takes_those_beside_it() -> None:
    """Ten-year-olds missing from the population: said, and joiners about as without the gap."""
    gap, whole = _made(_census((2023, 2024, 2025)), _population(a10=0.0)), _made(_census((2023, 2024, 2025)))
    assert _said(gap, "No residents given") == 1
    assert _total(gap) == pytest.approx(_total(whole), rel=0.1)


def test_more_plans_than_residents_is_not_believed() -> None:
    """A population of ten an age: a rate above 1. Joiners follow their own counts and that is said."""
    made = _made(_census((2023, 2024, 2025)), _population(10.0))
    assert _said(made, "Population not used: more plans than residents") == 1
    assert 400 < _total(made)[1] < 900


def test_a_return_with_every_setting_unknown_is_said() -> None:
    """One kind, not recorded: totals and ages are still foreseen."""
    made = _made(_census((2023, 2024, 2025), kind=None))
    assert _said(made, "with no setting recorded") == 1
    assert set(made.summary.filter(pl.col("dimension") == "setting")["value"]) == {"not_recorded"}
    assert np.isfinite(_total(made)).all()


def test_what_is_not_there_is_said() -> None:
    """No requests, no transfers, no dates, no published years: one row each."""
    made = _made(_census((2023, 2024, 2025)))
    for words in ("Requests and assessments: not used", "Plans moved between areas: not used",
                  "Time held: not used", "Published new plans of years before the returns: not used"):  # fmt: skip
        assert _said(made, words) == 1


@pytest.fixture(scope="module")
def kept() -> tuple[Forecast, pl.DataFrame]:
    """A forecast with its futures, and the census it came from."""
    census = _census((2023, 2024, 2025))
    return _made(census), census


def test_localities_add_up_in_every_future(kept: tuple[Forecast, pl.DataFrame]) -> None:
    """By phase and in all, to the person."""
    made, census = kept
    assert made.inputs is not None
    from rightplace.forecast.cohort.engine import run_all
    from rightplace.forecast.cohort.space import phase_columns

    futures = run_all(made.inputs)
    drawn = locality.draw(futures, np.array([[3.0, 1.0, 0.5]] * len(phase_columns())), seed=1)
    stock = np.stack([futures.stock[:, :, columns].sum(axis=2) for columns in phase_columns().values()], axis=2)
    assert np.array_equal(drawn.sum(axis=3), stock)
    assert np.array_equal(drawn.sum(axis=(2, 3)), futures.totals)
    rows = locality.split(futures, census, {"N0": "West", "N1": "West", "N2": "East"}, 1)
    assert dict(rows.schema) == locality.SPLIT
    total = rows.filter(pl.col("dimension") == "total").group_by("year").agg(pl.col("mean").sum()).sort("year")
    assert total["mean"].to_numpy() == pytest.approx(_total(made), rel=1e-9)
    first = rows.filter((pl.col("year") == 2025) & (pl.col("dimension") == "total")).sort("locality")
    now = census.filter(pl.col("census_year") == 2025)
    assert first["mean"].to_list() == [
        now.filter(pl.col("neighbourhood_id") == "N2").height,
        now.filter(pl.col("neighbourhood_id") != "N2").height,
    ]
    assert (first["p10"] == first["p90"]).all()


def test_localities_that_hold_nobody_are_refused(kept: tuple[Forecast, pl.DataFrame]) -> None:
    """A sentence."""
    from rightplace.forecast.cohort.engine import run_all

    made, census = kept
    assert made.inputs is not None
    with pytest.raises(UserError, match="No plan lives"):
        locality.split(run_all(made.inputs), census, {"elsewhere": "North"}, 1)


def test_names_of_neighbourhoods_group_them() -> None:
    """ONS names of lower super output areas: "Barnet 012B" is in Barnet."""
    schema = BY_NAME["neighbourhoods"].schema
    rows = [{"neighbourhood_id": "E1", "name": "Barnet 012B"}, {"neighbourhood_id": "E2", "name": "St Albans 003A"}]
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    assert locality.by_name(frame) == {"E1": "Barnet", "E2": "St Albans"}
    with pytest.raises(UserError, match="no names"):
        locality.by_name(frame.with_columns(name=pl.lit(None, pl.String)))
