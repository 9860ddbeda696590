"""Parts of the investment plan against sums by hand."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import polars as pl
import pytest

from rightplace.area.record import build
from rightplace.area.tables import BY_NAME
from rightplace.errors import DataError, UserError
from rightplace.places.invest import cover, locality, model
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.run import futures_needed, wilson
from rightplace.places.invest.scheme import KINDS, Scheme, usual
from rightplace.places.invest.scheme_rows import COLUMNS, from_text
from rightplace.places.invest.supply import SUPPLY

ON = date(2026, 9, 1)
ROW = "unit_1,A unit,sen_unit,900001,1000,0,ASD SLCN,0,6,4,8,100000,20000,6000,8000,2027,2,0.5"


def _scheme(**changed):
    known = from_text(",".join(COLUMNS) + "\n" + ROW, "schemes.csv")[0]
    return Scheme(**{field: getattr(known, field) for field in known.__slots__} | changed)


def _demand(children):
    classes = pl.DataFrame({"zone": [0, 0], "group": [0, 1], "phase": [0, 0], "level": [0, 0]})
    return Demand(classes=classes, septembers=(2026, 2027, 2028), children=np.asarray(children, np.float64))


def _zones():
    return locality.Zones(names=("here",), points=np.array([[0.0, 0.0]]), of=pl.DataFrame())


def test_an_option_costs_its_annuity_and_its_places():
    """8 places from September 2027 over two years: capital 100,000 + 8 x 20,000 at the annuity of 3.5% over 30 years
    (0.054371, standard tables), 6,000 for each open place (4, then 8), at 3.5% a year (Green Book)."""
    money = model.prices(ON)
    assert money.annuity == pytest.approx(0.054371, abs=1e-6)
    built = model.build(
        [_scheme()], pl.DataFrame(schema=SUPPLY), {}, _demand(np.ones((1, 3, 2))), _zones(), money,
        budget={}, total_budget=None, promise=None, promise_from=0,
    )  # fmt: skip
    place = built.options.with_row_index().filter((pl.col("opens") == 2027) & (pl.col("places") == 8))["index"][0]
    capital = 260_000 * 0.0543713
    by_hand = (capital + 6000 * 4) / 1.035 + (capital + 6000 * 8) / 1.035**2
    assert built.problem.option_cost[place] == pytest.approx(by_hand, rel=1e-5)
    assert built.problem.room[place].tolist() == [0.0, 4.0, 8.0]
    km = 1.0 * money.detour
    assert built.problem.serve[0].tolist() == [pytest.approx(8000 + money.per_km * km), np.inf]


def test_bought_places_grow_by_a_share_a_year():
    """100 children now, at 13.7% a year: 113, 129 and 146 whole places (100 x 1.137, 1.2928, 1.4699)."""
    built = model.build(
        [], pl.DataFrame(schema=SUPPLY), {"special_independent": 100}, _demand(np.ones((1, 3, 2))), _zones(),
        model.prices(ON), budget={}, total_budget=None, promise=None, promise_from=0,
    )  # fmt: skip
    assert built.problem.room.tolist() == [[113.0, 129.0, 146.0]]
    assert built.problem.must.tolist() == [True]


@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(kept, of, low, high):
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score method without continuity correction)."""
    assert wilson(kept / of, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_futures_are_enough_to_try_a_plan_on():
    assert futures_needed(60) == 60 + 200 + 500
    assert futures_needed(800) == 3 * 800


def test_capital_counts_in_the_year_before_opening():
    built = model.build(
        [_scheme()], pl.DataFrame(schema=SUPPLY), {}, _demand(np.ones((1, 3, 2))), _zones(), model.prices(ON),
        budget={2026: 5.0}, total_budget=9.0, promise=None, promise_from=0,
    )  # fmt: skip
    assert built.rows == ("capital in 2026-27", "capital in all years")
    opens = built.options["opens"].to_numpy()
    assert (built.problem.rows[0] > 0).tolist() == (opens == 2027).tolist()
    assert built.problem.limit.tolist() == [5.0, 9.0]


def test_a_plan_that_keeps_its_promise_meets_every_row_of_cover():
    """Every amount of room tried: none that leaves nobody out in 3 of 4 futures breaks a row."""
    draws = np.random.default_rng(1)
    demand = _demand(draws.integers(1, 6, (4, 3, 2)))
    serve, owner = np.array([[1.0, np.inf], [1.0, 1.0]]), np.array([0, 1])
    kept_some = False
    for first, second in product(range(12), repeat=2):
        room = np.array([[first] * 3, [second] * 3], float)
        rows, limit, names = cover.rows(demand, serve, room, owner, 0.75, 1)
        placed = (demand.children[..., 1] <= second) & (demand.children.sum(axis=2) <= first + second)
        if placed[:, 1:].all(axis=1).mean() >= 0.75:
            kept_some = True
            assert (rows.sum(axis=1) <= limit).all()
    assert kept_some
    assert "places (base) in 2027-28" in names


def test_zones_gather_neighbours():
    """Two clusters 50 km apart become two zones, each at the middle of its plans."""
    hood = [(f"X{n}", f"Hood {n}", 1000.0 * n + (50_000 if n > 2 else 0), 0.0, 5, 100.0, 10.0) for n in range(6)]
    frame = pl.DataFrame(hood, schema=BY_NAME["neighbourhoods"].schema, orient="row")
    area = build(la_code="900", name="Test", tables={"neighbourhoods": frame})
    zones = locality.zones(area, count=2)
    groups = dict(zones.of.iter_rows())
    assert groups["X0"] == groups["X1"] == groups["X2"] != groups["X3"] == groups["X4"] == groups["X5"]
    assert sorted(zones.points[:, 0]) == pytest.approx([1000.0, 54_000.0])
    with pytest.raises(DataError, match="coordinates"):
        locality.zones(build(la_code="900", name="Test", tables={}))


def test_every_kind_of_scheme_has_its_usual_costs_and_sizes():
    for kind in KINDS:
        known = usual(kind, ON)
        assert 0 < known["least_places"] <= known["most_places"]
        assert known["phase_in_years"] >= 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sen_unit", "castle", "no kind of scheme"),
        ("ASD SLCN", "ASD ZZ", "line 2: needs has ZZ"),
        (",4,8,", ",9,8,", "from 9 to 8 places"),
        ("100000", "lots", "capital_gbp is 'lots'"),
        ("20000", "-1", "below 0"),
        ("20000", "nan", "not a number"),
        ("unit_1", "", "scheme is empty"),
    ],
)
def test_a_mistake_in_a_file_of_schemes_is_named(old, new, said):
    with pytest.raises(DataError, match=said):
        from_text(",".join(COLUMNS) + "\n" + ROW.replace(old, new, 1), "schemes.csv")


def test_a_scheme_twice_or_a_missing_column_is_named():
    with pytest.raises(DataError, match="there twice"):
        from_text(",".join(COLUMNS) + f"\n{ROW}\n{ROW}", "schemes.csv")
    with pytest.raises(DataError, match="Columns are missing: kind"):
        from_text(",".join(column for column in COLUMNS if column != "kind"), "schemes.csv")


def test_sizes_are_the_least_the_most_and_half_way():
    assert _scheme().sizes() == (4, 6, 8)
    with pytest.raises(UserError, match="no kind"):
        _scheme(kind="castle")
