"""Drawing choices against one another: what each costs along, what each gives up the side."""

from __future__ import annotations

from typing import Any

import altair as alt

from rightplace.report.charts.rows import plot
from rightplace.report.charts.spec import Scatter
from rightplace.report.charts.style import BLUE, INK, TEXT, WIDTH


def draw_scatter(chart: Scatter) -> Any:
    """A point for each choice with its label, joined in order of the first axis; the one chosen is filled."""
    rows = [
        {"label": label, "x": along, "y": up, "main": label == chart.main}
        for label, along, up in sorted(chart.points, key=lambda point: point[1])
    ]
    base = plot(rows).encode(
        x=alt.X("x:Q", axis=alt.Axis(title=chart.along, format=",.6~r"), scale=alt.Scale(zero=False, padding=20)),
        y=alt.Y("y:Q", axis=alt.Axis(title=chart.up, format=",.6~r"), scale=alt.Scale(padding=20)),
    )
    fill = alt.Fill("main:N", scale=alt.Scale(domain=[True, False], range=[BLUE, "white"]), legend=None)
    return alt.layer(
        base.mark_line(color=BLUE, strokeWidth=1, strokeDash=[4, 3]),
        base.mark_point(size=85, stroke=BLUE, strokeWidth=2, opacity=1).encode(fill=fill),
        base.mark_text(align="left", dx=9, dy=-9, fontSize=TEXT - 1, color=INK).encode(text="label:N"),
    ).properties(width=WIDTH, height=300)
