"""Whether there are enough places; with a scenario, also what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightplace.web.planning.scenario_text import of_run
from rightplace.web.planning.working.made import Made, as_tables

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.places.sufficiency.run import Sufficiency
    from rightplace.progress import Progress
    from rightplace.report.model import Section
    from rightplace.web.planning.models import Run


def make(run: Run, area: Area, tell: Progress) -> Made:
    """The section of the area's report on its places, under the scenario where there is one. Raises as the forecast does."""
    from rightplace.forecast.run import forecast
    from rightplace.places.sufficiency.run import sufficiency

    told = of_run(run)
    shape = {"years": run.years, "futures": run.futures, "seed": run.seed, "progress": tell}
    found = [
        sufficiency(area, forecast(area, scenario=one, **shape), futures=run.futures, seed=run.seed, progress=tell)
        for one in ([None, told] if told else [None])
    ]
    name = told.name if told else ""
    exact, published = (_sections(found, name, publish=publish) for publish in (False, True))
    return Made(exact=exact, published=published, files=as_tables(exact))


def _sections(found: list[Sufficiency], name: str, *, publish: bool) -> list[Section]:
    from rightplace.report.sections import glossary, sufficiency
    from rightplace.report.sections.sufficiency_beside import beside

    told = [sufficiency.section(found[-1], publish=publish)]
    if len(found) > 1:
        told.insert(0, beside(found[0], found[1], name, publish=publish))
    return [*told, glossary.section(told)]
