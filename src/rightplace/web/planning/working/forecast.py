"""A forecast; with a scenario, beside the one without it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rightplace.web.planning.scenario_text import of_run
from rightplace.web.planning.working.made import Made

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.forecast.result import Forecast
    from rightplace.forecast.scenario.compare import Comparison
    from rightplace.progress import Progress
    from rightplace.web.planning.models import Run


def make(run: Run, area: Area, tell: Progress) -> Made:
    """The report of the area's forecast, or a comparison. Raises as the forecast does."""
    from rightplace.forecast.run import forecast
    from rightplace.forecast.scenario.compare import compare
    from rightplace.forecast.why.explain import explain
    from rightplace.web.planning.shown import of_forecast
    from rightplace.web.planning.side_by_side import of_comparison

    shape = {"years": run.years, "futures": run.futures, "seed": run.seed, "progress": tell}
    told = of_run(run)
    if told:
        both = compare(area, told, **shape)
        exact, published = (of_comparison(area, both, told.name, publish=publish) for publish in (False, True))
        return Made(exact=exact, published=published, files=_files(both.baseline, both))
    result = forecast(area, **shape)
    reasons = explain(result, progress=tell)
    exact, published = (of_forecast(area, result, reasons, publish=publish) for publish in (False, True))
    return Made(exact=exact, published=published, files=_files(result))


def _files(result: Forecast, both: Comparison | None = None) -> dict[str, str]:
    """The files that ``rightplace forecast`` writes."""
    from rightplace.report.csv_files import write_comparison, write_forecast

    with TemporaryDirectory() as name:
        out = Path(name)
        write_forecast(result, out)
        if both is not None:
            write_comparison(both, out)
        return {file.name: file.read_text(encoding="utf-8") for file in sorted(out.iterdir())}
