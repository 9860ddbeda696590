"""What a forecast from published counts assumes, and which returns it does not believe, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rightplace.forecast import trend
from rightplace.forecast.assumption import DATA, OURS, Assumption
from rightplace.forecast.published import credible, totals
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.growth import DAMPING_PRIOR
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.published.shares_ahead import Known
from rightplace.forecast.published.totals import Standing
from rightplace.forecast.residents import Residents


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a forecast was made from: the area's counts and standing, England's, residents, shares and tables used."""

    history: pl.DataFrame
    counts: Panel
    place: Standing
    england: Grounds
    people: Residents
    shares: dict[str, Known]
    used: tuple[str, ...]


def of(basis: Basis) -> list[Assumption]:
    """The assumptions of a forecast, returns that are not believed first."""
    return [*_returns(basis), *_growth(basis), *_funnel(basis), *_shares(basis), *_rest(basis)]


def _returns(basis: Basis) -> list[Assumption]:
    """Returns taken as missing, returns that say little, and counts of authorities that were reorganised."""
    known = dict(zip(basis.counts.years, basis.counts.counts[0], strict=True))
    found = []
    for _, year, count in basis.counts.doubted:
        before = [float(known[past]) for past in known if past < year and known[past] == known[past]]
        name = f"January {year} return taken as missing: {credible.why(before[-1] if before else None, count)}"
        found.append(Assumption(name=name, value=count, unit="plans", source="published count", owner=DATA))
    found += _absent(basis)
    unknown = basis.shares.get("setting")
    if unknown is not None:
        for year, share in unknown.doubted:
            name = f"January {year} settings not used: most of them are not recorded"
            found.append(Assumption(name=name, value=share, unit="share", source="published count", owner=DATA))
    found += _reorganised(basis.history)
    start = float(basis.place.january)
    return [*found, Assumption(name="January the futures start from", value=start, unit="year", source="last credible return", owner=DATA)]  # fmt: skip


def _absent(basis: Basis) -> list[Assumption]:
    """Januaries since the first credible one that have no total, though one was due: a gap, or a figure known to be wrong."""
    known = basis.counts.counts[0]
    doubted = {year for _, year, _ in basis.counts.doubted}
    first = next(place for place, count in enumerate(known) if count == count)
    return [
        Assumption(
            name=f"January {year} return taken as missing: no total that can be used is published",
            value=None, unit="plans", source="published count", owner=DATA,
        )
        for year, count in zip(basis.counts.years[first:], known[first:], strict=True)
        if count != count and year not in doubted
    ]  # fmt: skip


def _reorganised(history: pl.DataFrame) -> list[Assumption]:
    """A line where earlier totals are a part of what authorities that have ended counted."""
    if "source" not in history.columns:
        return []
    rows = history.filter(
        (pl.col("measure") == "plans")
        & (pl.col("dimension") == "total")
        & pl.col("source").str.contains("derived", literal=True)
    ).sort("year")
    if rows.is_empty():
        return []
    last = int(rows["year"][-1])
    name = f"January totals to {last} are a part of those of authorities that were merged or split"
    return [Assumption(name=name, value=float(last), unit="year", source=str(rows["source"][-1]), owner=DATA)]


def _growth(basis: Basis) -> list[Assumption]:
    growth, place, source = basis.england.growth, basis.place, basis.england.growth_source
    low, high = growth.damping
    centre, sd = DAMPING_PRIOR
    error = totals.error(place, growth)
    after = f"{source}; before any was seen {centre:g} with a standard deviation of {sd:g}, and never above 1"
    momentum = growth.momentum if place.signal is None or growth.funnel is None else (growth.funnel.momentum, 0.0)
    return [
        Assumption(name="England's growth into its last January", value=growth.england[growth.last], unit="log per year", source=source),
        Assumption(name="What is left of England's growth a year later", value=(low + high) / 2, low=low, high=high, unit="share", source=after),
        Assumption(name="Yearly shock to England's growth (standard deviation)", value=growth.england_sd, unit="log", source=source),
        Assumption(name="Own growth above England's, last year", value=place.apart[0], unit="log", source="published counts", owner=DATA),
        Assumption(name="Own growth above England's, the year before", value=place.apart[1], unit="log", source="published counts", owner=DATA),
        Assumption(name="Weight of own growth above England's, last year", value=momentum[0], unit="share", source=source),
        Assumption(name="Weight of own growth above England's, the year before", value=momentum[1], unit="share", source=source),
        Assumption(name="Error of an authority of this size in a year (scale)", value=error, low=-2.8 * error, high=2.8 * error, unit="log", source=source),
    ]  # fmt: skip


def _funnel(basis: Basis) -> list[Assumption]:
    funnel, source = basis.england.growth.funnel, basis.england.growth_source
    if funnel is None or basis.place.signal is None:
        why = (
            "requests or new plans of the last year are not published"
            if funnel is not None
            else "too few are published"
        )
        return [Assumption(name="What requests and new plans foretell of growth: not used", value=None, unit="log", source=why, owner=DATA)]  # fmt: skip
    names = ("requests in the last year per plan", "new plans in the last year per plan", "growth of the region")
    weights = [
        Assumption(name=f"Weight of {name}, above England's", value=weight, unit="log per unit", source=source)
        for name, weight in zip(names, funnel.weights, strict=True)
    ]
    foretold = Assumption(
        name="Growth next year that requests, new plans and the region foretell, above England's",
        value=basis.place.signal, unit="log", source="published counts", owner=DATA,
    )  # fmt: skip
    kept = Assumption(name="What is left of that a year later", value=funnel.carry[0], unit="share", source=source)
    return [foretold, *weights, kept]


def _shares(basis: Basis) -> list[Assumption]:
    """From when shares of settings and ages are known, and how far they may walk from what they were."""
    out = []
    for dimension, words in (("setting", "settings"), ("age_band", "age bands")):
        if dimension not in basis.shares:
            why = "not published for enough authorities, or not for this one"
            out.append(
                Assumption(
                    name=f"Shares of {words}: no trend or error of their own", value=None, unit="share", source=why
                )
            )
            continue
        one = basis.shares[dimension]
        source = f"{basis.england.growth_source}; errors of shares foretold from earlier Januaries"
        out += [
            Assumption(name=f"January whose {words} the shares ahead start from", value=float(one.january), unit="year", source="last return that publishes them", owner=DATA),
            Assumption(name=f"Variance that a later year adds to shares of {words}, on average", value=float(one.part.england @ one.part.later), unit="of the first year's", source=source),
        ]  # fmt: skip
        out += _errors_of_shares(one, source)
    return out


def _rest(basis: Basis) -> list[Assumption]:
    pattern, used = basis.england.pattern, basis.used
    owner = DATA if basis.people.known else OURS
    at_once, later = trend.NEED_PULL
    judged = "a judgement: needs of plans in place are published for one January only"
    return [
        Assumption(name="Share of a need among joiners: change at once (standard deviation)", value=at_once, unit="log", source=judged),
        Assumption(name="Share of a need among joiners: further change each year (standard deviation)", value=later, unit="log", source=judged),
        Assumption(name="Ages, needs and settings at the start: own counts used", value=float(len(used)), unit="tables", source=", ".join(used) or "none: England's pattern", owner=DATA),
        Assumption(name="Rates of leaving, moving and joining by age, need and setting", value=float(pattern.year), unit="January", source=basis.england.pattern_source),
        Assumption(name="Residents by year group", value=None, unit="people", source=basis.people.basis, owner=owner),
    ]  # fmt: skip


def _errors_of_shares(one: Known, source: str) -> list[Assumption]:
    """How wrong shares are one year ahead: of parts that the authority has, and of the families that kinds of setting are in."""
    errors = zip(one.part.parts, one.part.errors[:, 0], one.counts, strict=True)
    inside = " of its family" if one.part.families is not None else ""
    named = [(f"{part}{inside}", size) for part, size, now in errors if now > 0]
    if one.part.families is not None:
        named += [(f"the family {name}", size) for name, size in zip(one.part.families.parts, one.part.families.errors[:, 0], strict=True)]  # fmt: skip
    return [
        Assumption(name=f"Share of {name} one year ahead: scale of its error, before size", value=float(size), unit="log", source=source)
        for name, size in named
    ]  # fmt: skip
