"""Drawing one number for each of several things, in panels that share a scale."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from rightplace.report.charts.rows import plot
from rightplace.report.charts.scale import count_axis
from rightplace.report.charts.spec import Bars
from rightplace.report.charts.style import BLUE, TEXT, WIDTH

OTHERS: Final = "#a9a9a9"
"""Bars that are there to compare with."""


def draw_bars(chart: Bars) -> Any:
    """A bar for each label with its number at the end; the one that the chart is about is darker, and its label is in the title."""
    largest = max((bar.value for _, bars in chart.panels for bar in bars), default=0.0)
    marks, scale = count_axis([int(largest) + 1], most=6)
    last = len(chart.panels) - 1
    drawn = [
        _panel(chart, title, place == last, marks, scale).properties(title=title)
        for place, (title, _) in enumerate(chart.panels)
    ]
    return alt.vconcat(*drawn, spacing=14)


def _panel(chart: Bars, title: str, with_axis: bool, marks: list[int], scale: Any) -> Any:  # noqa: FBT001
    bars = dict(chart.panels)[title]
    rows = [
        {"label": bar.label, "value": bar.value, "says": f"{bar.value:.1f}", "main": bar.label == chart.main}
        for bar in bars
    ]
    axis = alt.Axis(values=marks, format="d", title=chart.units if with_axis else None, labels=with_axis)
    labels = alt.Axis(title=None, ticks=False, domain=False, labelPadding=8)
    colour = alt.Color("main:N", scale=alt.Scale(domain=[True, False], range=[BLUE, OTHERS]), legend=None)
    base = plot(rows).encode(
        x=alt.X("value:Q", axis=axis, scale=scale), y=alt.Y("label:N", sort=[bar.label for bar in bars], axis=labels)
    )
    return alt.layer(
        base.mark_bar(height=13).encode(color=colour),
        base.mark_text(align="left", dx=5, fontSize=TEXT).encode(text="says:N"),
    ).properties(width=WIDTH - 220, height=alt.Step(22))
