"""Drawing the number now and the range expected later, label by label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from rightplace.disclosure.published import MARKS, Status
from rightplace.report.charts.rows import plot
from rightplace.report.charts.scale import count_axis
from rightplace.report.charts.spec import Profile, Ranges, Row
from rightplace.report.charts.style import BAND, BLUE, INK, TEXT, WIDTH


def draw_ranges(chart: Ranges) -> Any:
    """One line a label: a hollow diamond for now; a disc on a bar for the range expected."""
    labels = [row.label for row in chart.rows]
    marks, scale = count_axis(_values(chart.rows), most=5)
    x_axis = alt.Axis(values=marks, title=chart.units, format=",d")
    y = alt.Y("label:N", sort=labels, axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8))

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=x_axis, scale=scale)

    bars = _known([{"label": row.label, "low": row.low, "high": row.high} for row in chart.rows])
    base = plot(bars).encode(y=y)
    return alt.layer(
        base.mark_rule(color=BAND, strokeWidth=11).encode(x=x("low"), x2="high:Q"),
        base.mark_rule(color=BLUE, strokeWidth=2).encode(x=x("low"), x2="high:Q"),
        base.mark_tick(color=BLUE, thickness=2, size=11).encode(x=x("low")),
        base.mark_tick(color=BLUE, thickness=2, size=11).encode(x=x("high")),
        _points(chart, y=y, place=x),
        *_hidden(chart.rows, y=y, place=x),
    ).properties(width=WIDTH - 100, height=alt.Step(28))


def draw_profile(chart: Profile) -> Any:
    """Labels along the bottom: diamonds joined by a line for now, discs in a band for the range expected."""
    labels = [row.label for row in chart.rows]
    marks, scale = count_axis(_values(chart.rows))
    axis = alt.Axis(values=marks, title=chart.units, format=",d")
    x = alt.X("label:N", sort=labels, axis=alt.Axis(title=chart.along, labelAngle=-90, labelOverlap=False))

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", axis=axis, scale=scale)

    rows = [
        {"label": row.label, "now": row.now, "low": row.low, "middle": row.middle, "high": row.high}
        for row in chart.rows
    ]
    base = plot(rows).encode(x=x)
    return alt.layer(
        base.mark_area(color=BAND).encode(y=y("low"), y2="high:Q"),
        base.mark_line(color=BLUE, strokeWidth=2).encode(y=y("middle")),
        base.mark_line(color=INK, strokeWidth=1.5, strokeDash=[5, 3]).encode(y=y("now")),
        _points(chart, x=x, place=y),
        *_hidden(chart.rows, x=x, place=y),
    ).properties(width=WIDTH, height=280)


def _points(chart: Ranges | Profile, *, place: Any, x: Any = None, y: Any = None) -> Any:
    names = [chart.now, f"{chart.later}, middle and range of 8 in 10 futures"]
    rows = _known(
        [
            {"label": row.label, "at": at, "series": name}
            for row in chart.rows
            for name, at in zip(names, (row.now, row.middle), strict=True)
        ]
    )
    series = {
        "shape": alt.Shape("series:N", scale=alt.Scale(domain=names, range=["diamond", "circle"]), legend=alt.Legend()),
        "stroke": alt.Stroke("series:N", scale=alt.Scale(domain=names, range=[INK, BLUE])),
        "fill": alt.Fill("series:N", scale=alt.Scale(domain=names, range=["white", BLUE])),
    }
    where = {"y": y, "x": place("at")} if x is None else {"x": x, "y": place("at")}
    return plot(rows).mark_point(size=85, strokeWidth=2, opacity=1).encode(**where, **series)


def _hidden(rows: Sequence[Row], *, place: Any, x: Any = None, y: Any = None) -> list[Any]:
    """A mark at nought for each label with a number that may not be shown."""
    mark = MARKS[Status.SUPPRESSED]
    marked = [
        {"label": row.label, "at": 0, "says": mark} for row in rows if None in (row.now, row.low, row.middle, row.high)
    ]
    if not marked:
        return []
    where = {"y": y, "x": place("at")} if x is None else {"x": x, "y": place("at")}
    beside = {"align": "left", "dx": 4, "dy": -1} if x is None else {"align": "center", "dy": -8}
    return [plot(marked).mark_text(fontSize=TEXT, **beside).encode(**where, text="says:N")]


def _values(rows: Sequence[Row]) -> list[int | None]:
    return [value for row in rows for value in (row.now, row.low, row.middle, row.high)]


def _known(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if None not in row.values()]
