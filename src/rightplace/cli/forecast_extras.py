"""What ``rightplace forecast`` writes when asked: why plans change, localities, and one future by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.forecast.result import Forecast
    from rightplace.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What is asked for: the number of one future (None: none), the split by locality, and why plans change."""

    future: int | None = None
    localities: bool = False
    why: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return self.future is not None or self.localities or self.why


def write_extras(result: Forecast, area: Area, wanted: Extras, out: Path, progress: Progress, before: str = "") -> None:
    """Write what is wanted of a forecast to ``out``; ``before`` goes before the name of each file."""
    if wanted.localities:
        _localities(result, area, out / f"{before}locality.csv")
    if wanted.future is not None:
        _one(result, wanted.future, out, before)
    if wanted.why:
        _why(result, out, before, progress)


def _localities(result: Forecast, area: Area, path: Path) -> None:
    from rightplace.errors import UserError
    from rightplace.forecast.people import locality
    from rightplace.forecast.rerun import kept
    from rightplace.report.csv_files import write_frame

    if area["census"].is_empty():
        raise UserError(
            "Localities need the area's own January returns: published statistics do not say where people live.",
            where="--localities",
            action="Load the area's SEN2 returns, or leave out --localities.",
        )
    groups = locality.by_name(area["neighbourhoods"])
    futures, start = kept(result), int(result.summary["year"].to_numpy().min())
    seed = result.inputs.seed if result.inputs else 0
    write_frame(locality.split(futures, area["census"], groups, seed, seed_year=start), path)


def _one(result: Forecast, number: int, out: Path, before: str) -> None:
    """``future_N.csv``: plans and flows of one future; and where each person is followed, everyone in it."""
    import polars as pl

    from rightplace.forecast.rerun import follow, rerun
    from rightplace.report.csv_files import write_frame

    one = rerun(result, future=number)
    plans = one.plans.select("year", pl.lit("plans").alias("what"), "dimension", "value", "people")
    write_frame(pl.concat([plans, one.flows.rename({"flow": "what"})]), out / f"{before}future_{number}.csv")
    if result.inputs and result.inputs.mode == "individual":
        write_frame(follow(result, future=number), out / f"{before}future_{number}_people.csv")


def _why(result: Forecast, out: Path, before: str, progress: Progress) -> None:
    from rightplace.forecast.why.change import decompose
    from rightplace.forecast.why.doubt import uncertainty
    from rightplace.report.csv_files import write_frame

    write_frame(decompose(result, progress=progress), out / f"{before}why.csv")
    write_frame(uncertainty(result, progress=progress), out / f"{before}uncertainty.csv")
