"""Drawing observed numbers and the widening range of expected ones."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from rightplace.disclosure.published import MARKS, Status
from rightplace.report.charts.rows import plot
from rightplace.report.charts.scale import count_axis
from rightplace.report.charts.spec import Fan, Panels
from rightplace.report.charts.style import BAND, BLUE, INK, TEXT, WIDTH

COUNTED: Final = "Counted"
EXPECTED: Final = "Expected: the middle, and a band that holds 8 in 10 futures"


def draw_fan(fan: Fan) -> Any:
    """A chart of one fan, with its axis titles and labels at the end of the range."""
    return _layers(fan, most=6, years=9, height=300, units=fan.units).properties(width=WIDTH)


def draw_panels(panels: Panels) -> Any:
    """Small charts of one size, three across, each with its own scale and title."""
    drawn = [
        _layers(fan, most=3, years=4, height=150, units=None).properties(width=215, title=title)
        for title, fan in panels.panels
    ]
    return alt.concat(*drawn, columns=3, spacing=30)


def _layers(fan: Fan, *, most: int, years: int, height: int, units: str | None) -> Any:
    x = _years(fan, years, "January" if units else None)
    values = [point.value for point in fan.observed]
    values += [value for span in fan.expected for value in (span.low, span.middle, span.high)]
    marks, scale = count_axis(values, most=most)
    axis = alt.Axis(values=marks, title=units, format=",d")

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", axis=axis, scale=scale)

    rows = [
        {"year": one.year, "low": one.low, "middle": one.middle, "high": one.high, "series": EXPECTED}
        for one in fan.expected
    ]
    ahead = plot(rows).encode(x=x)
    counted = [{"year": one.year, "value": one.value, "series": COUNTED} for one in fan.observed]
    past = plot(counted).encode(x=x, y=y("value"))
    key = _key(shown=bool(units))
    edge: dict[str, Any] = {"color": BLUE, "strokeWidth": 1, "strokeDash": [4, 3]}
    return alt.layer(
        ahead.mark_area(color=BAND).encode(y=y("low"), y2="high:Q"),
        ahead.mark_line(**edge).encode(y=y("low")),
        ahead.mark_line(**edge).encode(y=y("high")),
        ahead.mark_line(strokeWidth=3).encode(y=y("middle"), color=key),
        past.mark_line(strokeWidth=2).encode(color=key),
        past.mark_point(filled=True, size=45, opacity=1).encode(color=key),
        *_ends(fan, x, y, gap=marks[-1] * 1.3 * TEXT / height),
        *_hidden(fan, x, y),
    ).properties(height=height)


def _key(*, shown: bool) -> Any:
    scale = alt.Scale(domain=[COUNTED, EXPECTED], range=[INK, BLUE])
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=3) if shown else None
    return alt.Color("series:N", scale=scale, legend=legend)


def _years(fan: Fan, most: int, title: str | None) -> Any:
    years = sorted({point.year for point in fan.observed} | {span.year for span in fan.expected})
    every = max(1, -(-len(years) // most))
    axis = alt.Axis(values=years[::-1][::every], format="d", title=title, grid=False, labelOverlap=False)
    return alt.X("year:Q", axis=axis, scale=alt.Scale(domain=[years[0], years[-1]], nice=False))


def _ends(fan: Fan, x: Any, y: Any, *, gap: float) -> list[Any]:
    """The last expected numbers, written beside the ends of the range and kept ``gap`` apart."""
    if not fan.expected:
        return []
    last = fan.expected[-1]
    values = sorted({value for value in (last.low, last.middle, last.high) if value is not None})
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + gap) if places else value)
    over = (places[-1] - values[-1]) / 2 if values else 0
    rows = [
        {"year": last.year, "at": place - over, "says": f"{value:,}"}
        for value, place in zip(values, places, strict=True)
    ]
    return [_text(rows, x, y, align="left", dx=6)] if rows else []


def _hidden(fan: Fan, x: Any, y: Any) -> list[Any]:
    """A mark at the foot of each year with a number that may not be shown."""
    years = {one.year for one in fan.observed if one.value is None}
    years |= {one.year for one in fan.expected if one.middle is None}
    rows = [{"year": year, "at": 0, "says": MARKS[Status.SUPPRESSED]} for year in sorted(years)]
    return [_text(rows, x, y, align="center", dy=-8)] if rows else []


def _text(rows: list[dict[str, Any]], x: Any, y: Any, **place: Any) -> Any:
    return plot(rows).mark_text(fontSize=TEXT, **place).encode(x=x, y=y("at"), text="says:N")
