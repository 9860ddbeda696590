"""What is known beside the returns: the way to a plan, moves between areas, time held, published years. Counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm

from rightplace.area.tables import BY_NAME
from rightplace.forecast.cohort import effects, space
from rightplace.forecast.cohort.effects import LEAVING
from rightplace.forecast.local_level import Drift
from rightplace.forecast.people import funnel, held, longer, moved_area
from rightplace.forecast.people.asked import Rise
from rightplace.streams import generator

Row = dict[str, object]
STILL = Drift(slope=0.0, slope_sd=0.0, step_sd=0.0, noise_sd=0.0)


def _table(name: str, rows: list[Row]) -> pl.DataFrame:
    schema = BY_NAME[name].schema
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)


def _requests(year: int, answer: list[tuple[int, str]]) -> tuple[list[Row], list[Row], list[Row]]:
    """Requests of one March: ``answer`` is how many and what became of them (a plan in July or the next March, refused, still open)."""
    asked: list[Row] = []
    assessed: list[Row] = []
    plans: list[Row] = []
    for count, result in answer:
        for i in range(count):
            key = f"{year}{result}{i}"
            no = result == "refused"
            asked.append({"request_id": key, "person_id": key, "received_date": date(year, 3, 1),
                          "outcome": "N" if no else "Y", "outcome_date": date(year, 4, 10)})  # fmt: skip
            done = {"july": date(year, 7, 1), "late": date(year + 1, 3, 1)}.get(result)
            if not no:
                assessed.append(
                    {"request_id": key, "person_id": key, "outcome": "Y" if done else "A", "outcome_date": done}
                )
            if done:
                plans.append({"plan_id": key, "person_id": key, "request_id": key, "start_date": done})
    return asked, assessed, plans


def _funnel() -> funnel.Funnel:
    """2023 to 2025: 100 requests each March, 40 plans in July, 30 the next March, 30 refused; in 2025 the 30 are still open."""
    parts = [_requests(year, [(40, "july"), (30, "late"), (30, "refused")]) for year in (2022, 2023, 2024)]
    parts.append(_requests(2025, [(40, "july"), (30, "open"), (30, "refused")]))
    asked, assessed, plans = ([row for part in parts for row in part[i]] for i in range(3))
    tables = (_table("requests", asked), _table("assessments", assessed), _table("plans", plans))
    found = funnel.of(*tables, BY_NAME["people"].empty(), {2024: 75.0, 2025: 75.0, 2026: 75.0}, 2026)
    assert found is not None
    return found


def test_the_funnel_counts_what_became_of_requests() -> None:
    """Each census day 30 requests are open and all 30 become plans; of 100 that come, 40 do by the next; 5 joiners have no request."""
    found = _funnel()
    assert found.of_open == (90.0, 90.0)
    assert found.of_new == (120.0, 300.0)
    assert (found.open_now, found.last_year, found.other) == (30.0, 100.0, 5.0)
    assert found.assessed == (280.0, 400.0)
    assert found.issued == (250.0, 250.0)


def test_a_request_that_ended_on_no_recorded_day_was_open_for_the_time_the_law_gives() -> None:
    """Withdrawn: six weeks; assessed and withdrawn, or moved away: twenty (SEND Regulations 2014, regulations 5 and 13).

    Of ten of each received in early December 2024 and ten in early September, those of December had not come to the end of that time on 16 January
    2025, of those of September only the assessed. In the last January, 2026, all that is known to be over is over.
    """
    asked, assessed, plans = (list(rows) for rows in _requests(2023, [(40, "july")]))
    for year in (2024, 2025):
        more = _requests(year, [(40, "july")])
        for rows, new in zip((asked, assessed, plans), more, strict=True):
            rows.extend(new)
        for day in (date(year, 9, 2), date(year, 12, 9)):
            for i in range(10):
                for kind in ("withdrawn", "stopped", "moved"):
                    key = f"{kind}{day}{i}"
                    row: Row = {"request_id": key, "person_id": key, "received_date": day, "outcome": "Y"}
                    if kind == "withdrawn":
                        row |= {"outcome": "W"}
                    elif kind == "moved":
                        row |= {"exported_to": "301", "outcome_date": day}
                    else:
                        assessed.append({"request_id": key, "person_id": key, "outcome": "W"})
                    asked.append(row)
    found = funnel.of(
        _table("requests", asked), _table("assessments", assessed), _table("plans", plans), BY_NAME["people"].empty(),
        {2025: 40.0, 2026: 40.0}, 2026,
    )  # fmt: skip
    assert found is not None
    assert found.of_open == (0.0, 10.0 * (1 + 2 + 2))
    assert found.open_now == 0.0


def test_next_years_joiners_are_open_requests_and_new_ones() -> None:
    """30 x 90.5 / 91 + 100 x 120.5 / 301 + 5 = 74.9; with a longer queue, more."""
    found = _funnel()
    mean, variance = found.joiners(STILL, Rise(mean=0.0, variance=0.0))
    assert mean == pytest.approx(30 * 90.5 / 91 + 100 * 120.5 / 301 + 5)
    assert 3 < variance**0.5 < 10


def test_requests_that_rise_bring_more_joiners() -> None:
    """A rise of 10% in the middle, with a variance of 0.02, is 11% on average (lognormal: exp(0.02 / 2) times), and adds that to the doubt.

    Held to 200,000 draws of the formula's parts with numpy.
    """
    found = _funnel()
    rise = Rise(mean=float(np.log(1.1)), variance=0.02)
    mean, variance = found.joiners(STILL, rise)
    draws = generator(1, "test.rise")
    many = 200_000
    coming = 100.0 * np.exp(draws.normal(rise.mean, rise.variance**0.5, many)) * draws.gamma(100.0, 0.01, many)
    joined = 30 * draws.beta(90.5, 0.5, many) + coming * draws.beta(120.5, 180.5, many) + draws.gamma(15.0, 1 / 3, many)
    assert mean == pytest.approx(joined.mean(), rel=0.003)
    assert variance == pytest.approx(joined.var(), rel=0.05)


def test_areas_without_requests_have_no_funnel() -> None:
    """Nothing, or too few."""
    empty = [BY_NAME[name].empty() for name in ("requests", "assessments", "plans", "people")]
    assert funnel.of(*empty, {2026: 75.0}, 2026) is None
    asked, assessed, plans = _requests(2025, [(5, "july")])
    few = (_table("requests", asked), _table("assessments", assessed), _table("plans", plans), empty[3])
    assert funnel.of(*few, {2026: 75.0}, 2026) is None


def test_seeing_the_funnel_is_the_textbook_update() -> None:
    """Normal prior and normal likelihood (Gelman and others, Bayesian Data Analysis, 3rd edition, equation 2.12): 20,000 futures of
    log sd 0.3 about 0 meet a funnel at log 0.2 with sd 0.15; later years, half tied to the first, go half as far."""
    draws = generator(1, "test.funnel")
    first = draws.normal(0.0, 0.3, 20000)
    paths = np.exp(np.stack([first, 0.5 * first + draws.normal(0, 0.1, 20000)], axis=1))
    error = 0.15**2
    mean = 100.0 * np.exp(0.2 + error / 2)
    seen = (mean, mean**2 * np.expm1(error))
    out = np.log(funnel.update(paths, np.array([0.09, 0.045]), 100.0, seen, draws.normal(size=20000)))
    weight = 0.09 / (0.09 + error)
    assert out[:, 0].mean() == pytest.approx(weight * 0.2, abs=0.005)
    assert out[:, 0].var() == pytest.approx(1.0 / (1 / 0.09 + 1 / error), rel=0.04)
    assert out[:, 1].mean() == pytest.approx(0.5 * weight * 0.2, abs=0.005)


def _census(rows: list[tuple[int, str, int]]) -> pl.DataFrame:
    return _table("census", [
        {"census_year": year, "person_id": person, "plan_id": person, "need": "ASD", "setting_kind": "mainstream", "year_group": group}
        for year, person, group in rows
    ])  # fmt: skip


def test_plans_that_move_area_are_told_apart() -> None:
    """Of two joiners one was transferred in; of two leavers one was transferred out and one had needs met."""
    census = _census([(2024, "a", 3), (2024, "b", 3), (2024, "c", 3), (2025, "a", 4), (2025, "d", 4), (2025, "e", 4)])
    plans = _table("plans", [
        {"plan_id": "a"}, {"plan_id": "b", "cease_reason": "5"}, {"plan_id": "c", "cease_reason": "2"},
        {"plan_id": "d", "transferred_from": "302"}, {"plan_id": "e"},
    ])  # fmt: skip
    found = moved_area.of(census, plans, (2024,))
    assert found is not None
    assert (found.came[0], found.joined[0], found.went[0], found.left[0]) == (1.0, 2.0, 1.0, 2.0)
    assert moved_area.of(census, plans.filter(pl.col("plan_id") == "a"), (2024,)) is None


def _long_held(first: float, later: float) -> held.Held:
    """3,000 pupils in two Januaries; those in their first year of a plan leave with chance ``first``, others ``later``."""
    draws = generator(2, "test.held")
    fresh = draws.random(3000) < 0.5
    leaves = draws.random(3000) < np.where(fresh, first, later)
    rows = [(2024, f"p{i}", 5) for i in range(3000)] + [(2025, f"p{i}", 6) for i in np.flatnonzero(~leaves)]
    plans = _table("plans", [{"plan_id": f"p{i}", "start_date": date(2023, 9, 1) if new else date(2020, 9, 1)} for i, new in enumerate(fresh)])  # fmt: skip
    found = held.of(_census(rows), plans, space.of(["ASD"], ["mainstream"]), np.full((25, 1), leaves.mean()))
    assert found is not None
    return found


def test_leaving_by_time_held_is_found() -> None:
    """Three times as likely in the first year as later: factors near 1.5 and 0.5 of the mean."""
    found = _long_held(0.15, 0.05)
    assert found.factor[0, 0] == pytest.approx(1.5, abs=0.15)
    assert found.factor[0, 2] == pytest.approx(0.5, abs=0.12)


def test_where_time_held_tells_nothing_it_changes_nothing() -> None:
    """Equal chances: factors near 1, and no effect."""
    found = _long_held(0.1, 0.1)
    assert found.factor == pytest.approx(np.ones_like(found.factor), abs=0.12)


def test_a_cohort_newer_than_usual_leaves_as_new_plans_do() -> None:
    """Usually half are new, now all: the effect on the first year is the factor of the new over the mean of both; later ones age."""
    states = space.of(["ASD", "SLCN"], ["mainstream"])
    factor = np.ones((2, 5))
    factor[0, 0], factor[0, 1] = 1.5, 0.5
    usual, now = np.zeros((25, 1, held.LONGEST + 1)), np.zeros((25, 1, held.LONGEST + 1))
    usual[9, 0, :2], now[9, 0, 0] = 500.0, 1000.0
    usual[10] = usual[9]
    found = held.Held(factor=factor, left=np.zeros((2, 5)), expected=np.zeros((2, 5)), now=now, usual=usual)
    made = held.effect(found, np.full((25, 1), 0.1), np.zeros((25, 1)), states, years=5).draw(0, 4)
    first = {
        float(f[0])
        for f, cells, t in zip(made.factor, made.cells, made.first, strict=True)
        if t == 0 and cells[9, 1, 0]
    }
    second = {
        float(f[0])
        for f, cells, t in zip(made.factor, made.cells, made.first, strict=True)
        if t == 1 and cells[10, 0, 0]
    }
    assert first == {1.5}
    assert second == {0.5}
    assert set(made.rate) == {LEAVING}
    assert max(made.last) <= held.AHEAD
    assert isinstance(made, effects.Effects)


def _history(rows: dict[int, float]) -> pl.DataFrame:
    return _table("history", [
        {"year": year, "measure": "new_plans", "dimension": "total", "value": "total", "people": people} for year, people in rows.items()
    ])  # fmt: skip


def test_published_years_are_scaled_to_joiners() -> None:
    """Joiners are 1.1 times new plans where both are known; 2019 to 2022 stand for 1.1 times theirs; a gap ends the series."""
    history = _history({2017: 50.0, 2019: 100.0, 2020: 110.0, 2021: 120.0, 2022: 130.0, 2023: 200.0, 2024: 220.0})
    found = longer.of(history, (2023, 2024), np.array([220.0, 242.0]))
    assert found is not None
    assert found.years == (2019, 2020, 2021, 2022)
    assert found.joiners == pytest.approx([110.0, 121.0, 132.0, 143.0])
    assert found.ratio == pytest.approx(1.1)
    assert longer.of(history, (2019, 2020), np.array([100.0, 110.0])) is None


def test_normal_draws_of_the_funnel_are_normal() -> None:
    """The keyed normals that futures meet the funnel with."""
    from rightplace.forecast.draws.keyed import root
    from rightplace.forecast.people.courses import _normals

    out = np.empty(4000)
    _normals(root(1, "test"), 0, out)
    assert norm.cdf(out).mean() == pytest.approx(0.5, abs=0.02)
    assert out.std() == pytest.approx(1.0, abs=0.04)
