"""Travel: the law's distances, the shortest way, and what transport costs."""

from __future__ import annotations

import runpy
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from rightplace.errors import DataError
from rightplace.places.bases import bases
from rightplace.places.children import cohort
from rightplace.places.travel.law import Eligible, eligible, guide_minutes, limits, walking_km
from rightplace.places.travel.roads import roads
from rightplace.places.travel.speed import speeds
from rightplace.places.travel.transport import (
    Mode,
    annual_gbp,
    minutes_of,
    mode_of,
    tariff,
    tariff_range,
    with_assistant,
)
from rightplace.places.travel.travel import Basis, Travel, driven, travel

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))
ON = date(2026, 9, 1)
LAW, PACE, COST = limits(ON), speeds(ON), tariff(ON)


def test_the_statutory_walking_distances() -> None:
    """Education Act 1996, section 444(5): two miles under eight, three miles from eight. A mile is 1.609344 km."""
    assert walking_km(3, LAW) == pytest.approx(3.218688)
    assert walking_km(4, LAW) == pytest.approx(4.828032)
    assert (guide_minutes(6, LAW), guide_minutes(7, LAW)) == (45, 75)


@pytest.mark.parametrize(
    ("km", "year_group", "answer"),
    [
        (3.2, 1, Eligible.NOT_BY_DISTANCE),
        (3.3, 1, Eligible.YES),
        (3.3, 5, Eligible.LOW_INCOME),
        (4.9, 5, Eligible.YES),
        (4.0, 9, Eligible.LOW_INCOME),
        (3.0, 9, Eligible.NOT_BY_DISTANCE),
        (2.0, 13, Eligible.POLICY),
        (9.0, -1, Eligible.POLICY),
        (None, 5, Eligible.UNKNOWN),
    ],
)
def test_free_transport_by_distance(km: float | None, year_group: int, answer: Eligible) -> None:
    """Education Act 1996, Schedule 35B: walking distance; from two miles with a low income at 8 to 10 and at 11 to 15."""
    assert eligible(km, year_group, LAW) is answer


NODES = pl.DataFrame({"node": [1, 2, 3, 4, 5, 6], "easting": [0.0, 1e3, 2e3, 3e3, 4e3, 5e3], "northing": [0.0] * 6})
EDGES = pl.DataFrame(
    [(1, 2, 7), (1, 3, 9), (1, 6, 14), (2, 3, 10), (2, 4, 15), (3, 4, 11), (3, 6, 2), (4, 5, 6), (5, 6, 9)],
    schema={"from_node": pl.Int64, "to_node": pl.Int64, "km": pl.Float64},
    orient="row",
)


def test_dijkstras_worked_example() -> None:
    """The six-node example of the encyclopaedia article on Dijkstra's algorithm: from node 1, 0, 7, 9, 20, 20 and 11."""
    network = roads(NODES, EDGES, kmh=60)
    km, minutes = network.reach(0)
    assert km.tolist() == [0, 7, 9, 20, 20, 11]
    assert minutes.tolist() == km.tolist()
    assert network.reach(0)[0] is km


def test_a_network_that_cannot_be_is_refused() -> None:
    with pytest.raises(DataError, match="not there"):
        roads(NODES, EDGES.with_columns(to_node=pl.lit(99)), kmh=60)
    with pytest.raises(DataError, match="not above zero"):
        roads(NODES, EDGES.with_columns(km=pl.lit(0.0)), kmh=60)
    with pytest.raises(DataError, match="lacks columns: km"):
        roads(NODES, EDGES.drop("km"), kmh=60)
    with pytest.raises(DataError, match="twice"):
        roads(pl.concat([NODES, NODES]), EDGES, kmh=60)


def pair(roads_about: Travel, area_of: object) -> tuple[float, float, int]:
    """The journey of the only child to the only base."""
    every, children = bases(area_of, september=2026), cohort(area_of, september=2026)  # type: ignore[arg-type]
    ways = roads_about.ways(children, every)
    return driven(
        ways.km, ways.minutes, ways.table, ways.home[0], 0,
        ways.home_x[0] - ways.base_x[0], ways.home_y[0] - ways.base_y[0], roads_about.pace,
    )  # fmt: skip


def test_a_straight_line_is_pythagoras_times_the_detour() -> None:
    """Metres of the National Grid: 3,000 east and 4,000 north are 5 km."""
    made = CASE.area(
        [CASE.setting("1", "mainstream", easting=3e3, northing=4e3)], [CASE.child("A", 3, "mainstream", "1")]
    )
    km, minutes, basis = pair(travel(made, on=ON), made)
    assert (km, basis) == (pytest.approx(5 * PACE.detour), Basis.STRAIGHT)
    assert minutes == pytest.approx(km / PACE.road_kmh * 60 + PACE.fixed_minutes)


def test_measured_journeys_come_first_and_a_missing_one_is_estimated() -> None:
    settings = [CASE.setting("1", "mainstream", easting=3e3, northing=4e3)]
    journeys = [{"neighbourhood_id": "H1", "setting_id": "1", "km": 8.5, "minutes": 21.0}]
    made = CASE.area(settings, [CASE.child("A", 3, "mainstream", "1")], journeys=journeys)
    assert pair(travel(made, on=ON), made) == (8.5, 21.0, Basis.MEASURED)
    elsewhere = [{**journeys[0], "setting_id": "2"}]
    other = CASE.area(settings, [CASE.child("A", 3, "mainstream", "1")], journeys=elsewhere)
    assert pair(travel(other, on=ON), other)[2] == Basis.STRAIGHT


def test_roads_are_followed_and_where_none_leads_nothing_is_known() -> None:
    """Home at node 1 and the school at node 5 of the worked example: 20 km, though it is 4 km in a straight line."""
    made = CASE.area([CASE.setting("1", "mainstream", easting=4e3)], [CASE.child("A", 3, "mainstream", "1")])
    km, minutes, basis = pair(travel(made, on=ON, roads=roads(NODES, EDGES, kmh=60)), made)
    assert (km, minutes, basis) == (20, 20 + PACE.fixed_minutes, Basis.ROADS)
    cut = EDGES.filter((pl.col("from_node") != 5) & (pl.col("to_node") != 5))
    km, _, basis = pair(travel(made, on=ON, roads=roads(NODES, cut, kmh=60)), made)
    assert np.isnan(km)
    assert basis == Basis.UNKNOWN


def test_a_setting_without_coordinates_has_no_journey() -> None:
    made = CASE.area([CASE.setting("1", "mainstream", easting=None)], [CASE.child("A", 3, "mainstream", "1")])
    km, minutes, basis = pair(travel(made, on=ON), made)
    assert np.isnan(km)
    assert np.isnan(minutes)
    assert basis == Basis.UNKNOWN


def test_the_way_of_travelling() -> None:
    assert mode_of(2.0, 4.8, 5, 0, False) == Mode.WALK
    assert mode_of(2.0, 4.8, 5, 0, True) == Mode.SHARED_TAXI
    assert mode_of(6.0, 4.8, 8, 0, False) == Mode.PUBLIC
    assert mode_of(6.0, 4.8, 5, 0, False) == Mode.SHARED_TAXI
    assert mode_of(1.0, 4.8, 5, 1, False) == Mode.MINIBUS
    assert mode_of(30.0, 4.8, 5, 2, False) == Mode.SHARED_TAXI
    assert mode_of(50.0, 4.8, 5, 2, False) == Mode.SOLO_TAXI
    assert with_assistant(Mode.MINIBUS, 9, False)
    assert not with_assistant(Mode.SHARED_TAXI, 9, False)
    assert with_assistant(Mode.SOLO_TAXI, 9, True)


def test_costs_are_near_what_councils_have_said() -> None:
    """Calderdale (2022): about 6,500 pounds a child by minibus, 8,700 by taxi with an attendant; Herefordshire (2025): 20,710
    for one contract of 37 km a day."""
    assert annual_gbp(Mode.MINIBUS, 9.0, True, COST, PACE) == pytest.approx(6_500, rel=0.1)
    assert annual_gbp(Mode.SHARED_TAXI, 6.0, True, COST, PACE) == pytest.approx(8_700, rel=0.15)
    low, high = (annual_gbp(Mode.SOLO_TAXI, 18.5, False, ends, PACE) for ends in tariff_range(ON))
    assert low < 20_710 < high
    assert annual_gbp(Mode.WALK, 2.0, False, COST, PACE) == 0


def test_sharing_makes_it_cheaper_and_slower_and_distance_dearer() -> None:
    ways = (Mode.MINIBUS, Mode.SHARED_TAXI, Mode.SOLO_TAXI)
    costs = [annual_gbp(way, 15.0, True, COST, PACE) for way in ways]
    assert costs == sorted(costs)
    long = [minutes_of(way, 15.0, 27.0, PACE) for way in ways]
    assert long == sorted(long, reverse=True)
    for way in ways:
        by_distance = [annual_gbp(way, km, False, COST, PACE) for km in (1.0, 5.0, 20.0)]
        assert all(near < far for near, far in pairwise(by_distance))
    low, high = tariff_range(ON)
    for way in Mode:
        middle = annual_gbp(way, 10.0, True, COST, PACE)
        assert annual_gbp(way, 10.0, True, low, PACE) <= middle <= annual_gbp(way, 10.0, True, high, PACE)
