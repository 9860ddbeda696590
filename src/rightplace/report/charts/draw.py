"""From a chart as a value to an accessible picture, as SVG text to put in a page."""

from __future__ import annotations

from typing import Any

from rightplace.report.charts.spec import Bars, Chart, Fan, Panels, Profile, Ranges
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
    from rightplace.report.charts import bars, fan, ranges

    match chart:
        case Fan():
            return fan.draw_fan(chart)
        case Panels():
            return fan.draw_panels(chart)
        case Ranges():
            return ranges.draw_ranges(chart)
        case Profile():
            return ranges.draw_profile(chart)
        case Bars():
            return bars.draw_bars(chart)
