"""Drawing what adds and what takes away: bars to either side of nought, each with its range."""

from __future__ import annotations

from itertools import count
from typing import Any

import altair as alt

from rightplace.disclosure.published import MARKS, Status
from rightplace.report.charts.rows import plot
from rightplace.report.charts.spec import Part, Signed
from rightplace.report.charts.style import BAND, BLUE, INK, TEXT, WIDTH


def draw_signed(chart: Signed) -> Any:
    """A bar from nought to the mean of each part, and a thin line over the range of 8 in 10 futures."""
    labels = [part.label for part in chart.parts]
    known = [{"label": part.label, "low": part.low, "mean": part.mean, "high": part.high} for part in chart.parts]
    rows = [row for row in known if None not in row.values()]
    marks = _marks(chart.parts)
    axis = alt.Axis(values=marks, title=chart.units, labelExpr="datum.value == 0 ? '0' : format(datum.value, '+,d')")
    scale = alt.Scale(domain=[marks[0], marks[-1]], nice=False)
    base = plot(rows).encode(
        y=alt.Y(
            "label:N", sort=labels, axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, minExtent=230)
        )
    )

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=axis, scale=scale)

    hidden = [{"label": part.label, "at": 0, "says": MARKS[Status.SUPPRESSED]} for part in chart.parts if part.hidden]
    nought = plot([{"at": 0}]).mark_rule(color=INK, strokeWidth=1).encode(x=x("at"))
    layers = [
        base.transform_calculate(zero="0")
        .mark_bar(height=15, color=BAND, stroke=BLUE)
        .encode(x=x("mean"), x2="zero:Q"),
        base.mark_rule(color=BLUE, strokeWidth=2).encode(x=x("low"), x2="high:Q"),
        base.mark_tick(color=BLUE, thickness=2, size=11).encode(x=x("low")),
        base.mark_tick(color=BLUE, thickness=2, size=11).encode(x=x("high")),
        nought,
    ]
    if hidden:
        text = plot(hidden).mark_text(fontSize=TEXT, align="left", dx=4)
        layers.append(text.encode(x=x("at"), y=alt.Y("label:N", sort=labels), text="says:N"))
    return alt.layer(*layers).properties(width=WIDTH - 200, height=alt.Step(28))


def _marks(parts: tuple[Part, ...]) -> list[int]:
    """Marks from at or below the least to at or above the largest value, nought among them; steps of 5, 10, 20, 50 ..."""
    values = [value for part in parts for value in (part.low, part.mean, part.high) if value is not None]
    least, largest = min(0, 0, *values), max(0, 0, *values)
    steps = (factor * 10**power for power in count() for factor in (5, 10, 20))
    step = next(step for step in steps if step * 5 >= largest - least)
    return [step * number for number in range(least // step, max(1, -(-largest // step)) + 1)]
