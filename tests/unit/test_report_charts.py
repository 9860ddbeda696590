"""Charts: accessible, alone, and silent about numbers that may not be shown."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from rightplace.report.charts.draw import draw
from rightplace.report.charts.scale import count_axis
from rightplace.report.charts.spec import (
    Chart,
    Fan,
    Flow,
    Map,
    Panels,
    Point,
    Profile,
    Ranges,
    Row,
    Scatter,
    Span,
    Spot,
)

SVG = "{http://www.w3.org/2000/svg}"
FAN = Fan(
    observed=(Point(year=2024, value=90), Point(year=2025, value=None), Point(year=2026, value=100)),
    expected=(
        Span(year=2026, low=100, middle=100, high=100),
        Span(year=2027, low=None, middle=None, high=None),
        Span(year=2028, low=95, middle=110, high=130),
    ),
    units="Plans",
)
MAP = Map(
    homes=(
        Spot(easting=0, northing=0, kind="home", people=3),
        Spot(easting=9_000, northing=4_000, kind="home", people=2),
    ),
    settings=(
        Spot(easting=1_000, northing=1_000, kind="State special school", people=2, label="Oak & <Ash>"),
        Spot(easting=8_000, northing=5_000, kind="SEN unit", people=None),
    ),
    flows=(
        Flow(start=(0, 0), end=(1_000, 1_000), people=2),
        Flow(start=(9_000, 4_000), end=(20_000, 9_000), people=1, outside=True),
    ),
    kinds=("State special school", "SEN unit"),
    units="Children and young people",
)
ROWS = (
    Row(label="A & <b>", now=40, low=45, middle=50, high=60),
    Row(label="Hidden", now=None, low=None, middle=None, high=None),
)
CHARTS: dict[str, Chart] = {
    "fan": FAN,
    "panels": Panels(panels=(("Joiners", FAN), ("Leavers", FAN))),
    "ranges": Ranges(rows=ROWS, now="January 2026", later="January 2036", units="Plans"),
    "map": MAP,
    "scatter": Scatter(points=(("A & <b>", 2.0, 3.0), ("C", 1.0, 9.0)), along="Cost", up="Unplaced", main="C"),
    "profile": Profile(rows=ROWS, now="January 2026", later="January 2036", units="Plans", along="Year group"),
}


def picture(name: str, key: str = "k") -> etree._Element:
    svg = draw(CHARTS[name], key=key, title='Plans <grow> & "fall"', description="From 40 to 50.")
    return etree.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_is_an_image_with_one_title_and_one_description(name: str) -> None:
    root = picture(name)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root.iter(f"{SVG}title", f"{SVG}desc")}
    assert named == {"k-title": 'Plans <grow> & "fall"', "k-desc": "From 40 to 50."}
    assert root.get("aria-labelledby") == "k-title k-desc"
    assert not [one for one in root.iter() if one is not root and ("role" in one.attrib or "aria-label" in one.attrib)]


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_scales_and_points_at_nothing_outside_itself(name: str) -> None:
    root = picture(name)
    assert root.get("viewBox")
    assert "width" not in root.attrib
    text = etree.tostring(root, encoding="unicode")
    assert not re.search(r"(href|src)=|url\((?!#k-)|@import|https?://(?!www\.w3\.org/)", text)
    assert not list(root.iter(f"{SVG}script", f"{SVG}image", f"{SVG}style", f"{SVG}foreignObject"))


@pytest.mark.parametrize("name", CHARTS)
def test_pictures_on_one_page_share_no_id(name: str) -> None:
    ids = [[one.get("id") for one in picture(name, key).iter() if "id" in one.attrib] for key in ("a", "b")]
    assert not set(ids[0]) & set(ids[1])
    assert len(ids[0]) == len(set(ids[0]))


@pytest.mark.parametrize("name", ["fan", "panels", "ranges", "profile"])
def test_a_hidden_number_is_marked_and_never_drawn_at_nought(name: str) -> None:
    root = picture(name)
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert "c" in texts
    assert "null" not in " ".join(text or "" for text in texts)


def test_a_fan_breaks_its_line_where_a_number_is_hidden() -> None:
    """Three years, the middle one hidden: two single points, so no stroke joins 2024 to 2026."""
    dark = [
        one
        for one in picture("fan").iter(f"{SVG}path")
        if one.get("stroke") == "#1b1b1b" and one.get("fill") in (None, "none")
    ]
    lines = [one.get("d", "") for one in dark if one.get("stroke-width") == "2"]
    assert lines
    assert all(path.count("M") >= 2 or "L" not in path for path in lines)


def test_the_same_chart_gives_the_same_picture() -> None:
    assert etree.tostring(picture("ranges")) == etree.tostring(picture("ranges"))


@pytest.mark.parametrize("largest", [0, 1, 4, 5, 7, 31, 99, 100, 1234, 98_765])
def test_axes_start_at_nought_and_step_by_five_or_more(largest: int) -> None:
    marks, _ = count_axis([None, largest, 0])
    assert marks[0] == 0
    assert marks[-1] >= largest
    assert {mark % 5 for mark in marks} == {0}
    assert 2 <= len(marks) <= 8


def test_a_chart_of_nothing_but_hidden_numbers_can_still_be_drawn() -> None:
    hidden = Ranges(rows=ROWS[1:], now="January 2026", later="January 2036", units="Plans")
    assert "Hidden" in draw(hidden, key="k", title="T", description="D")
    empty = Fan(
        observed=(Point(year=2026, value=None),),
        expected=(Span(year=2027, low=None, middle=None, high=None),),
        units="Plans",
    )
    assert "2027" in draw(empty, key="k", title="T", description="D")


def test_a_map_is_drawn_to_one_scale_with_a_line_for_each_flow() -> None:
    """A square of ground is a square on the page: so the scale bar holds both ways."""
    corners = tuple(
        Spot(easting=east, northing=north, kind="home", people=1) for east in (0, 10_000) for north in (0, 10_000)
    )
    square = Map(homes=corners, settings=(), flows=(), kinds=(), units="People")
    text = draw(square, key="k", title="t", description="d")
    points = sorted(
        {
            (float(x), float(y))
            for x, y in re.findall(r'translate\((-?[\d.]+),(-?[\d.]+)\)" d="[^"]*" fill="#9a9a9a', text)
        }
    )
    across = points[-1][0] - points[0][0]
    along = max(y for _, y in points) - min(y for _, y in points)
    assert across == pytest.approx(along, rel=1e-3)
    assert len(points) == 4


def test_each_of_eight_kinds_on_a_map_has_a_shape_of_its_own_that_is_filled() -> None:
    """A circle is drawn with arcs (A), any other shape is closed (Z): a bare line, filled, would not be seen."""
    kinds = tuple(f"Kind {number}" for number in range(8))
    spots = tuple(
        Spot(easting=1_000 * place, northing=500 * place, kind=kind, people=1) for place, kind in enumerate(kinds)
    )
    text = draw(
        Map(homes=(), settings=spots, flows=(), kinds=kinds, units="places"), key="k", title="t", description="d"
    )
    marks = [path.get("d", "") for path in etree.fromstring(text).iter("{*}path") if path.get("stroke") == "white"]
    assert len(set(marks[:8])) == 8
    assert all("A" in mark or "Z" in mark for mark in marks)
