"""From a chart as a value to an accessible picture, as SVG text to put in a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rightplace.report.charts.spec import Bars, Chart, Fan, Map, Panels, Profile, Ranges, Scatter, Signed
from rightplace.report.charts.style import config
from rightplace.report.charts.svg import accessible


def draw(chart: Chart, *, key: str, title: str, description: str) -> str:
    """SVG of a chart with a title and a description for those who do not see it.

    ``key`` makes the ids in the picture unique in its page. No file, font or address outside is
    used, so the picture is the same on every machine.
    """
    import vl_convert

    picture = _altair(chart).to_dict() | {"config": config()}
    svg = vl_convert.vegalite_to_svg(picture, allowed_base_urls=[])
    return accessible(svg, key=key, title=title, description=description)


def _altair(chart: Chart) -> Any:
    from rightplace.report.charts import bars, fan, maps, ranges, scatter, signed

    drawings: dict[type, Callable[[Any], Any]] = {
        Fan: fan.draw_fan,
        Panels: fan.draw_panels,
        Ranges: ranges.draw_ranges,
        Profile: ranges.draw_profile,
        Bars: bars.draw_bars,
        Map: maps.draw_map,
        Scatter: scatter.draw_scatter,
        Signed: signed.draw_signed,
    }
    return drawings[type(chart)](chart)
