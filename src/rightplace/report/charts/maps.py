"""Drawing a map with nothing fetched from anywhere: homes, settings, and lines for those who travel between them."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from rightplace.report.charts.rows import plot
from rightplace.report.charts.spec import Map, Spot
from rightplace.report.charts.style import BLUE, INK, TEXT, WIDTH

_SHAPES: Final = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-left",
    "triangle-right",
)
_COLOURS: Final = ("#1f5a96", "#8a3d00", "#00695c", "#6a1b7a", "#7a0019", "#4a5a00", "#1b1b1b", "#5c5c5c")
"""A shape and a colour for each kind of setting: told apart without colour, and each 4.5 to 1 against white."""

_OUTSIDE: Final = "#a3320b"
_HOME: Final = "#9a9a9a"
_KM: Final = 1000.0
_MARGIN: Final = 0.04
_THICK: Final = 5
"""Fewest people whose line is drawn at its thickest: where all lines are of one, none is thick."""


def draw_map(chart: Map) -> Any:
    """Points to scale, north up, with a bar that tells the scale and lines as thick as the number who go that way."""
    frame = _Frame(chart)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=list(frame.east), nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=list(frame.north), nice=False, zero=False))
    layers = [
        plot(_spots(chart.homes)).mark_point(color=_HOME, filled=True, opacity=1, size=14).encode(x=x, y=y),
        *_flows(chart, x, y),
        _settings(chart, x, y),
        *_labels(chart, x, y),
        *_scale_bar(frame, x, y),
    ]
    return alt.layer(*layers).properties(width=frame.width, height=frame.height)


class _Frame:
    """The ground that is shown, widened to one scale both ways."""

    def __init__(self, chart: Map) -> None:
        spots = [*chart.homes, *chart.settings]
        easts = [spot.easting for spot in spots] or [0.0, _KM]
        norths = [spot.northing for spot in spots] or [0.0, _KM]
        across = max(max(easts) - min(easts), _KM)
        along = max(max(norths) - min(norths), _KM)
        self.width = WIDTH + 160
        # Taller than 1.2 times its width, a map no longer fits a screen with its key.
        self.height = round(min(max(self.width * along / across, 0.5 * self.width), 1.2 * self.width))
        metres = max(across / self.width, along / self.height) * (1 + 2 * _MARGIN)
        self.east = _about(min(easts), max(easts), metres * self.width)
        self.north = _about(min(norths), max(norths), metres * self.height)


def _about(low: float, high: float, size: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return middle - size / 2, middle + size / 2


def _spots(spots: tuple[Spot, ...]) -> list[dict[str, Any]]:
    return [{"x": spot.easting, "y": spot.northing, "kind": spot.kind, "says": spot.label} for spot in spots]


def _flows(chart: Map, x: Any, y: Any) -> list[Any]:
    most = max((flow.people for flow in chart.flows), default=1)
    drawn = []
    for outside, colour, dash in ((False, BLUE, [1, 0]), (True, _OUTSIDE, [5, 3])):
        rows = [
            {
                "x": flow.start[0],
                "y": flow.start[1],
                "to_x": flow.end[0],
                "to_y": flow.end[1],
                "wide": 0.6 + 5 * flow.people / max(most, _THICK),
            }
            for flow in chart.flows
            if flow.outside == outside
        ]
        if rows:
            width = alt.StrokeWidth("wide:Q", scale=None)
            lines = plot(rows).mark_rule(color=colour, opacity=0.3, strokeDash=dash, clip=True)
            drawn.append(lines.encode(x=x, y=y, x2="to_x:Q", y2="to_y:Q", strokeWidth=width))
    return drawn


def _settings(chart: Map, x: Any, y: Any) -> Any:
    kinds = list(chart.kinds)
    legend = alt.Legend(orient="top", columns=2, symbolType="circle")
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=list(_SHAPES[: len(kinds)])), legend=legend)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=list(_COLOURS[: len(kinds)])), legend=legend)
    marks = plot(_spots(chart.settings)).mark_point(filled=True, size=70, opacity=1, stroke="white", strokeWidth=0.8)
    return marks.encode(x=x, y=y, shape=shape, color=colour)


def _labels(chart: Map, x: Any, y: Any) -> list[Any]:
    rows = [row for row in _spots(chart.settings) if row["says"]]
    text = plot(rows).mark_text(align="left", dx=8, dy=-6, fontSize=TEXT - 2, color=INK)
    return [text.encode(x=x, y=y, text="says:N")] if rows else []


def _scale_bar(frame: _Frame, x: Any, y: Any) -> list[Any]:
    across = frame.east[1] - frame.east[0]
    km = next(size for size in (100, 50, 20, 10, 5, 2, 1, 0) if size * _KM <= across / 4 or size == 0) or 0.5
    left = frame.east[0] + 0.03 * across
    foot = frame.north[0] + 0.03 * (frame.north[1] - frame.north[0])
    rows = [{"x": left, "y": foot, "to_x": left + km * _KM, "says": f"{km:g} km"}]
    bar = plot(rows).mark_rule(color=INK, strokeWidth=2).encode(x=x, y=y, x2="to_x:Q")
    text = plot(rows).mark_text(align="left", dy=-9, fontSize=TEXT - 1, color=INK).encode(x=x, y=y, text="says:N")
    return [bar, text]
