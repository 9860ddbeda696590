"""Where to add places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightplace.web.planning.scenario_text import of_run
from rightplace.web.planning.working.made import Made, as_files

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.progress import Progress
    from rightplace.web.planning.models import Run


def make(run: Run, area: Area, tell: Progress) -> Made:
    """The paper that ``rightplace invest`` writes, and its files. Raises as the plan does."""
    from rightplace.calendar import clock
    from rightplace.forecast.run import forecast
    from rightplace.places.invest.closing import ALL
    from rightplace.places.invest.run import Ask, futures_needed, invest
    from rightplace.report import investment_report
    from rightplace.report.csv_files import investment

    needed = futures_needed(run.futures)
    ahead = forecast(area, years=run.years, futures=needed, seed=run.seed, scenario=of_run(run), progress=tell)
    ask = Ask(
        promise=run.promise / 100 if run.promise else None,
        may_close=(ALL,) if run.may_close else (),
        total_budget=None if run.budget_gbp is None else float(run.budget_gbp),
    )
    plan = invest(area, ahead, on=clock.today(), futures=run.futures, ask=ask, seed=run.seed, progress=tell)
    exact, published = (investment_report.build(area, plan, publish=publish).sections for publish in (False, True))
    return Made(exact=exact, published=published, files=as_files(investment(plan)))
