"""Maps of the nearest suitable settings draw for every authority of England from published registers."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from scipy.spatial import cKDTree

from rightplace.report.charts.draw import draw
from rightplace.report.placed.nearest import nearest_map
from rightplace.returns.statistics.build import national_from_statistics

TRAFFORD = "358"


@pytest.fixture(scope="module")
def national(open_data: Path):
    return national_from_statistics(open_data)


def test_every_authority_has_a_map_with_a_line_from_each_school_on_it(national) -> None:
    """Authorities without a special school or unit of the phase of their own, such as the Isles of Scilly, have no lines."""
    lines = {}
    for code in national.la_codes:
        made = nearest_map(national.area(code), september=2026)
        assert len(made.flows) in (0, len(made.homes))
        lines[code] = len(made.flows)
    assert sum(number > 0 for number in lines.values()) >= 145


def test_lines_of_a_real_area_lead_to_the_nearest_by_another_method(national) -> None:
    """Against a k-d tree of the same points (SciPy)."""
    made = nearest_map(national.area(TRAFFORD), september=2026, need="ASD")
    tree = cKDTree([(spot.easting, spot.northing) for spot in made.settings])
    far, _ = tree.query([flow.start for flow in made.flows])
    mine = [((flow.start[0] - flow.end[0]) ** 2 + (flow.start[1] - flow.end[1]) ** 2) ** 0.5 for flow in made.flows]
    assert mine == pytest.approx(far.tolist())
    assert len(made.flows) == len(made.homes) > 50


def test_the_map_of_a_real_area_is_drawn_without_asking_for_anything(national) -> None:
    picture = draw(
        nearest_map(national.area(TRAFFORD), september=2026), key="map", title="Nearest", description="Nearest."
    )
    assert picture.count("<path") > 50
    assert 'href="http' not in picture
    assert " km" in picture
    assert (
        pl.Series(["State special school"])
        .is_in([spot.kind for spot in nearest_map(national.area(TRAFFORD), september=2026).settings])
        .all()
    )
