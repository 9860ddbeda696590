"""Closing a base or making it smaller: what places are left, what is saved, and when it is chosen."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.places.invest import closing, locality, model
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.outcome import closures
from rightplace.places.invest.scheme import Scheme
from rightplace.places.invest.supply import SUPPLY
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_solve import solve

ON = date(2026, 11, 22)
SEPTEMBERS = tuple(range(2027, 2037))


def _now(**changed: object) -> pl.DataFrame:
    """A unit of 14 places for year groups 0 to 6, a special school of 40, and an independent school."""
    unit = {
        "setting_id": "1", "base": "unit", "name": "A unit", "setting_kind": "sen_unit", "level": "base", "needs": ["ASD"],
        "low_year_group": 0, "high_year_group": 6, "places": 14.0, "easting": 0.0, "northing": 0.0, "annual_cost_gbp": 20_000.0, "doubt": "",
    } | changed  # fmt: skip
    special = unit | {
        "setting_id": "2",
        "base": "main",
        "setting_kind": "special_state",
        "level": "special",
        "places": 40.0,
    }
    bought = unit | {"setting_id": "3", "base": "main", "setting_kind": "special_non_maintained"}
    return pl.DataFrame([unit, special, bought], schema=SUPPLY)


def _demand(children: float, *, futures: int = 3) -> Demand:
    classes = pl.DataFrame({"zone": [0, 0], "group": [0, 0], "phase": [0, 0], "level": [0, 1]})
    each = np.full((futures, len(SEPTEMBERS), 2), children)
    return Demand(classes=classes, septembers=SEPTEMBERS, children=each)


def _zones() -> locality.Zones:
    return locality.Zones(names=("here",), points=np.array([[0.0, 0.0]]), of=pl.DataFrame())


def _built(children: float, wanted: tuple[str, ...], schemes: tuple[Scheme, ...] = ()) -> model.Model:
    now = _now()
    return model.build(
        schemes, now, {}, _demand(children), _zones(), model.prices(ON), budget={}, total_budget=None, promise=0.9,
        promise_from=4, closings=closing.closings(now, wanted, on=ON),
    )  # fmt: skip


def test_a_year_group_of_places_goes_each_september_and_nobody_is_moved() -> None:
    """14 places over 7 year groups (Reception to Year 6): two go each September, so none are left in the seventh."""
    built = _built(1.0, ("1/unit",))
    rows = built.fixed.filter(pl.col("action") == "close", pl.col("september") == 2028)
    room = built.problem.room[rows["option"][0]]
    assert room.tolist() == [14.0, 12.0, 10.0, 8.0, 6.0, 4.0, 2.0, 0.0, 0.0, 0.0]
    half = built.fixed.filter(pl.col("action") == "halve", pl.col("september") == 2028)["option"][0]
    assert built.problem.room[half].tolist() == [14.0, 12.0, 10.0, 8.0] + [7.0] * 6


def test_a_base_ends_no_earlier_than_families_can_know_it() -> None:
    """Decided on 22 November 2026, in the academic year that began in September 2026: none without a year's notice, so 2028."""
    assert _built(1.0, ("1/unit",)).fixed["september"].drop_nulls().min() == 2028


def test_what_is_saved_is_the_funding_of_places_not_kept_open() -> None:
    """6,000 pounds a place (the national rate of place funding for units) on 2, 4, ... 14 places, at 3.5% a year (Green Book)."""
    built = _built(1.0, ("1/unit",))
    row = built.fixed.filter(pl.col("action") == "close", pl.col("september") == 2028).row(0, named=True)
    gone = [0, 2, 4, 6, 8, 10, 12, 14, 14, 14]
    assert row["saved_gbp"] == pytest.approx(sum(6000 * places / 1.035**year for year, places in enumerate(gone)))


def test_a_full_base_costs_the_same_whether_it_may_close_or_not() -> None:
    """Its cost is parted into places and children; with every place taken the parts add up to what it was."""
    may, never = _built(14.0, ("1/unit",)), _built(14.0, ())
    only = [problem.only(np.array([0])) for problem in (may.problem, never.problem)]
    totals = [account(problem, built.as_now).total for problem, built in zip(only, (may, never), strict=True)]
    assert totals[0] == pytest.approx(totals[1])


def test_an_empty_base_is_closed_and_a_full_one_is_kept() -> None:
    """Twice 27 children fill all of 14 and 40 places."""
    for children, wanted in ((0.0, ["close", "close"]), (27.0, [])):
        built = _built(children, (closing.ALL,))
        found = solve(built.problem, enough=0.001)
        assert closures(built, _now(), found.account)["action"].to_list() == wanted
        assert found.account.allowed(built.problem)


def test_the_solver_finds_the_best_of_every_plan_tried_one_by_one() -> None:
    """The oracle tries every pair of options of the two bases that may end: none that is allowed costs less."""
    built = _built(9.0, (closing.ALL,))
    problem = built.problem
    found = solve(problem, enough=1e-4)
    ways = [built.fixed.filter(pl.col("place") == place)["option"].to_list() for place in range(3)]
    best = min(
        made.total
        for one in ways[0]
        for other in ways[1]
        if (made := account(problem, np.array([one, other, ways[2][0]]))).allowed(problem)
    )
    assert found.account.total == pytest.approx(best, rel=1e-4)
    assert found.proof.bound <= best + 1e-6


def test_a_setting_is_not_given_places_and_closed_at_once() -> None:
    scheme = Scheme(
        scheme="x", name="More", kind="special_expansion", setting_id="2", easting=0.0, northing=0.0, needs=(), low_year_group=0,
        high_year_group=6, least_places=4, most_places=8, capital_gbp=0.0, capital_per_place_gbp=0.0, place_gbp=0.0, child_gbp=0.0,
        earliest=2027, phase_in_years=1, staff_per_place=0.0,
    )  # fmt: skip
    built = _built(9.0, ("2/main",), (scheme,))
    ends = built.fixed.filter(pl.col("action") == "close")["option"][0]
    plan = built.as_now
    plan[0], plan[2] = 0, ends
    broken = account(built.problem, plan).broken
    assert [built.rows[row] for row in broken if "not both" in built.rows[row]]
    assert account(built.problem, built.as_now).broken.tolist() == []


def test_the_duty_that_comes_first_and_that_nobody_moves_are_said() -> None:
    built = _built(0.0, (closing.ALL,))
    found = closures(built, _now(), solve(built.problem, enough=0.001).account)
    duties = dict(found.select("setting_id", "duty").iter_rows())
    assert "prescribed alteration" in duties["1"]
    assert "section 15" in duties["2"]
    assert all("No child is moved" in duty for duty in duties.values())


@pytest.mark.parametrize(("name", "words"), [("9/main", "not a base"), ("3/main", "not the area's to close")])
def test_what_cannot_be_closed_is_refused(name: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        closing.closings(_now(), (name,), on=ON)
