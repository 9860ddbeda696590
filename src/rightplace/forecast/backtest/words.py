"""What a back-test says, in sentences: what was done, what it cannot show, and where a rival wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from rightplace.forecast.backtest import reasons
from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.people import beside_returns
from rightplace.vocabulary import authority

if TYPE_CHECKING:
    from rightplace.forecast.backtest.origin import Origin

MEASURED: Final = {
    "mape_percent": "mean absolute error",
    "wis_percent": "weighted interval score",
}
"""Measures that methods are ranked by, less being better."""
_DIMENSIONS: Final = {
    "total": "totals", "need": "needs", "setting": "kinds of setting", "setting_group": "groups of settings", "year_group": "year groups", "age_band": "age bands",
}  # fmt: skip
_CLEAR: Final = 0.005
_LISTED: Final = 4

MEANING: Final = (
    "Errors, bias and scores are per cent of the plans that came. The weighted interval score (Bracher and others 2021) is an "
    "error that also counts how wide the ranges were and how far outside them the truth fell: less is better. Coverage is how "
    "many truths were inside the ranges that were to hold 80% and 95%. Each January forecast from counts the same.",
    "A rival that gives one number has a range as wide as its own errors were before the January forecast from; where there "
    "were too few it has none, and its score is its error.",
)
"""How to read the tables."""


def of_published(first: int, last: int) -> tuple[str, ...]:
    """What a back-test over all authorities did and cannot show."""
    return (
        f"Every authority was forecast from each January from {first} to {last - 1} on what is published up to it, and "
        f"scored on later Januaries to {last}.",
        *MEANING,
        "Counts are as the latest release has them: a January that was corrected later is used as corrected.",
        "Authorities with under 100 plans are listed but not averaged. A last return that fell by more than 35% in a year is not "
        "believed and not scored.",
        "All constants are estimated at each January from those before it, with priors that 'The forecast' among the methods "
        "states; which effects to estimate at all was chosen with these Januaries in sight.",
    )


def not_believed(origins: Sequence[Origin]) -> Iterator[str]:
    """A sentence on the returns that were taken as missing, and from which January on; none where all were believed."""
    first: dict[tuple[str, int], tuple[int, float]] = {}
    for one in origins:
        for code, year, count in one.past.doubted:
            first.setdefault((code, year), (one.january, count))
    told = [
        f"{authority.name(code)} January {year} ({count:.0f}), as known in {seen}"
        for (code, year), (seen, count) in sorted(first.items(), key=lambda item: (item[0][1], item[0][0]))
        if year >= origins[0].january - _LISTED
    ]
    if told:
        yield f"Returns found by rule that cannot be right, taken as missing so that they steer no forecast: {'; '.join(told)}."


def of_returns(name: str, origins: list[int], januaries: list[int]) -> tuple[str, ...]:
    """What a back-test over an area's own returns did and cannot show."""
    whence = " and ".join(filter(None, [", ".join(map(str, origins[:-1])), str(origins[-1])]))
    return (
        f"{name} was forecast from January {whence}, each time on its returns from {januaries[0]}, on requests, assessments "
        "and plans as they stood on its census day, and on population estimates of earlier mid-years, and scored on later "
        f"returns to January {januaries[-1]}. Projections of population are not used: which were published when is not known.",
        "A request or assessment that was withdrawn on a day the record does not have counts as open for the law's six or "
        "twenty weeks. Who is the same person in two returns, and what kind a setting is, are as the record has them now.",
        *MEANING,
        "Errors of a dimension are added up over its values. Coverage counts its values, of whatever size.",
        "A few Januaries of one area are little evidence.",
    )


def used(origin: int, assumptions: pl.DataFrame) -> str:
    """What a forecast from a January knew beside its returns, from its ``assumptions``."""
    found = dict(assumptions.select("name", "value").iter_rows())
    said = []
    if beside_returns.OPEN_NOW in found:
        said.append(
            f"{found[beside_returns.OPEN_NOW]:.0f} requests were open on its census day and {found[beside_returns.LAST_YEAR]:.0f} "
            "had come in the year before, which told of the joiners of the first year"
        )
    else:
        said.append("requests were too few, or of too short a time, to be used")
    held = "was" if beside_returns.TIME_HELD in found else "was not"
    said.append(f"how long plans had been held {held} known")
    england = "was" if found.get(beside_returns.ENGLAND) else "was not yet"
    said.append(f"England's pattern by age {england} there")
    return f"From January {origin}: {'; '.join(said)}."


def where_rivals_win(summary: pl.DataFrame, by_origin: pl.DataFrame, scores: pl.DataFrame) -> Iterator[str]:
    """A sentence for each dimension and measure: whether a rival has less, and which; for totals also in single Januaries.

    Each single January that a rival wins has its reason, computed from ``scores``.
    """
    for dimension in summary["dimension"].unique(maintain_order=True):
        for measure, name in MEASURED.items():
            here, single = (
                frame.filter((pl.col("dimension") == dimension) & pl.col(measure).is_not_null())
                for frame in (summary, by_origin)
            )
            yield _overall(here, measure, f"{name} of {_DIMENSIONS.get(dimension, dimension)}")
            if dimension == "total":
                yield from _origins(single, measure, name, scores)


def _overall(here: pl.DataFrame, measure: str, name: str) -> str:
    lost = [
        f"at {_years(horizon)} {better[0]} has {better[1]:.2f} against {own:.2f}"
        for (horizon,), rows in here.group_by("horizon", maintain_order=True)
        if (own := _own(rows, measure)) is not None and (better := _best(rows, measure)) and better[1] < own - _CLEAR
    ]
    if lost:
        return f"By {name}, Rightplace is not the best everywhere: {'; '.join(lost)}."
    ranged = here.filter((pl.col("method") != OURS) & pl.col("coverage80_percent").is_not_null())
    if measure == "wis_percent" and ranged.is_empty():
        return f"By {name}, no rival is better at any number of years ahead; but none has ranges, so that says little."
    return f"By {name}, no rival is better at any number of years ahead."


def _origins(single: pl.DataFrame, measure: str, name: str, scores: pl.DataFrame) -> Iterator[str]:
    lost = []
    for (horizon, origin), rows in single.group_by("horizon", "origin", maintain_order=True):
        own, better = _own(rows, measure), _best(rows, measure)
        if own is not None and better and better[1] < own - _CLEAR:
            why = reasons.reason(scores, int(str(origin)), int(str(horizon)), better[0])
            lost.append(
                f"from {origin}, {_years(horizon)} ahead, {better[0]} ({better[1]:.2f} against {own:.2f}): {why}"
            )
    if single["origin"].n_unique() > 1 and not lost:
        yield f"By {name} of totals, no rival has less from any single January."
    if lost:
        yield f"Single Januaries in which a rival has less by {name}: {'; '.join(lost)}."


def _own(rows: pl.DataFrame, measure: str) -> float | None:
    found = rows.filter(pl.col("method") == OURS)[measure]
    return float(found[0]) if len(found) else None


def _best(rows: pl.DataFrame, measure: str) -> tuple[str, float] | None:
    rivals = rows.filter(pl.col("method") != OURS).sort(measure)
    return (str(rivals["method"][0]), float(rivals[measure][0])) if rivals.height else None


def _years(horizon: object) -> str:
    return "1 year" if horizon == 1 else f"{horizon} years"
