"""What the person-level route assumes, with ranges and sources."""

from __future__ import annotations

from rightplace.forecast import trend
from rightplace.forecast.assumption import DATA, Assumption
from rightplace.forecast.local_level import Drift
from rightplace.forecast.people import beside_returns, priors, tally
from rightplace.forecast.people.fitted import Fitted
from rightplace.forecast.people.kind_pulls import KindPulls
from rightplace.forecast.people.priors import Priors
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.transitions import Transitions


def table(transitions: Transitions, fitted: Fitted) -> list[Assumption]:
    """The assumptions of one area's forecast."""
    prior, ahead = fitted.prior, fitted.ahead
    return [
        *_returns(transitions, fitted.counted),
        *fitted.doubts,
        *_joining(prior, float(fitted.joining.mean[1])),
        *_drift("Joining", prior.joining, f"{priors.SOURCE}, new plans of every authority to {prior.known_to}"),
        *_drift("Leaving", prior.leaving, f"{priors.SOURCE}, spread between authorities"),
        *_turns(prior, fitted.kinds),
        *beside_returns.assumptions(fitted),
        Assumption(
            name="Weight of a year's evidence against the year after",
            value=tally.RECENCY,
            unit="share",
            source="recent years are more like next year",
        ),
        Assumption(
            name="Residents by year group",
            value=None,
            unit="people",
            source=ahead.basis,
            owner=DATA if ahead.known else "Rightplace default",
        ),
    ]


def _returns(transitions: Transitions, counted: Tally) -> list[Assumption]:
    left_out = transitions.left_out.get(transitions.seed_year, 0)
    pairs = ", ".join(f"{year} to {year + 1}" for year in counted.years)
    return [
        Assumption(name="Pairs of January returns used", value=float(len(counted.years)), unit="pairs", source=pairs, owner=DATA),
        Assumption(name="Plans left out for want of a year group, last January", value=float(left_out), unit="people", source="census table", owner=DATA),
    ]  # fmt: skip


def _joining(prior: Priors, slope: float) -> list[Assumption]:
    drift = prior.joining
    low, high = trend.DAMPING
    return [
        Assumption(
            name="Yearly rise in joining before the area's own returns are seen", value=drift.slope,
            low=drift.slope - 1.96 * drift.slope_sd, high=drift.slope + 1.96 * drift.slope_sd, unit="log per year",
            source=f"{priors.SOURCE}: the middle one of England's yearly growths of new plans, 2009 to {prior.known_to}",
        ),
        Assumption(name="Yearly rise in joining now, with the area's own returns", value=slope, unit="log per year", source="local linear trend", owner=DATA),
        Assumption(name="What is left of that rise a year later", value=(low + high) / 2, low=low, high=high, unit="share", source="no evidence ten years ahead: a wide range"),
    ]  # fmt: skip


def _drift(name: str, drift: Drift, source: str) -> list[Assumption]:
    sizes = (("lasting change from year to year", drift.step_sd), ("change that does not last", drift.noise_sd))
    return [
        Assumption(name=f"{name}: {what} (standard deviation, logs)", value=sd, unit="log", source=source)
        for what, sd in sizes
    ]


def _turns(prior: Priors, pulls: KindPulls) -> list[Assumption]:
    source = f"{priors.SOURCE}, settings of plans in place to January {prior.known_to + 1}; less, by its square root, in a kind that more are in"
    return [
        Assumption(name="Turn of the numbers in a kind of setting that one person is in: held from year to year (scale, logs)", value=prior.turning.held, unit="log", source=source),
        Assumption(name="The same: of each year (scale, logs)", value=prior.turning.yearly, unit="log", source=source),
        Assumption(name="How much more kinds of setting turn here than elsewhere", value=pulls.own, unit="times", source="plans in each kind at the end of each year, against those its rates lead one to expect", owner=DATA),
        Assumption(name="Needs among joiners turn as kinds of setting do", value=1.0, unit="times", source="a judgement: needs are published for January 2025 only"),
    ]  # fmt: skip
