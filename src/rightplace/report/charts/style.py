"""How every chart looks: dark on light, shapes as well as colours, text large enough to read."""

from __future__ import annotations

from typing import Any, Final

INK: Final = "#1b1b1b"
BLUE: Final = "#1f5a96"
BAND: Final = "#cfe0f1"
GRID: Final = "#dcdcdc"
FONT: Final = "Arial, Helvetica, sans-serif"
TEXT: Final = 14
"""Pixels at the size charts are drawn; the page never scales a chart below three quarters of that size."""

WIDTH: Final = 520
"""Pixels across the plotting area of a chart that stands alone."""


def config() -> dict[str, Any]:
    """Settings of every chart, as Vega-Lite has them. Descriptions of marks are off: the page has the table."""
    return {
        "aria": False,
        "font": FONT,
        "background": "white",
        # The last label of an axis stands half outside the plot.
        "padding": {"left": 8, "top": 8, "bottom": 8, "right": 26},
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": TEXT,
            "titleFontSize": TEXT,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": GRID,
            "domainColor": INK,
            "tickColor": INK,
            "labelLimit": 320,
            "labelFlush": False,
            "titlePadding": 10,
        },
        "legend": {
            "labelFontSize": TEXT,
            "labelColor": INK,
            "labelLimit": 400,
            "orient": "top",
            "direction": "vertical",
            "title": None,
            "symbolSize": 110,
            "symbolStrokeWidth": 2,
        },
        "title": {"fontSize": TEXT + 1, "fontWeight": "bold", "color": INK, "anchor": "start"},
        "text": {"fontSize": TEXT, "color": INK, "font": FONT},
    }
