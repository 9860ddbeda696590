"""The first thing a reader sees: what to expect, in sentences."""

from __future__ import annotations

from rightplace.report.labels import in_sentence, january
from rightplace.report.model import Bullets, Para, Section
from rightplace.report.numbers import Numbers
from rightplace.report.phrase import NOT_SHOWN, Range, about, between, direction
from rightplace.report.sections.compare import moves_most


def section(numbers: Numbers) -> Section:
    """What to expect in total, half-way and at the horizon, and what changes most."""
    now, then = numbers.count(), numbers.ahead()
    later = january(numbers.horizon)
    first = _expects(then, later) if then.is_shown else _hidden(later)
    items = [
        f"In {january(numbers.seed)} there were {_amount(now.text, now.value)} children and young people with EHC plans.",
        _certainty(then.less(now), later),
        *_halfway(numbers),
        *_most(numbers, "need", "primary need"),
        *_most(numbers, "setting", "kind of setting"),
        *_flows(numbers),
    ]
    return Section(
        key="summary",
        heading="What to expect",
        blocks=(
            Para(text=first, strong=True),
            Bullets(items=tuple(items)),
            Para(
                text="Each range holds 8 in 10 simulated futures. It is not a target: it says what to plan for if rates of joining, moving and leaving go on "
                "as they have, with the ups and downs seen so far."
            ),
        ),
    )


def _certainty(change: Range, later: str) -> str:
    match direction(change):
        case "grow":
            return f"In at least 9 of 10 simulated futures there are more plans in {later} than now."
        case "fall":
            return f"In at least 9 of 10 simulated futures there are fewer plans in {later} than now."
        case _:
            return f"Futures differ on whether there will be more plans in {later} than now, or fewer."


def _expects(then: Range, later: str) -> str:
    if then.low == then.high:
        return f"Rightplace expects about {then.middle} EHC plans in {later}."
    return f"Rightplace expects between {then.low} and {then.high} EHC plans in {later}, with the middle at about {then.middle}."


def _hidden(later: str) -> str:
    return f"The number of EHC plans expected in {later} is too small to show."


def _amount(text: str, value: int | None) -> str:
    return NOT_SHOWN if value is None else text


def _halfway(numbers: Numbers) -> list[str]:
    year = (numbers.seed + numbers.horizon) // 2
    span = numbers.ahead(year=year)
    if not numbers.seed < year < numbers.horizon or not span.is_shown:
        return []
    return [f"On the way, in {january(year)}: {between(span)}."]


def _most(numbers: Numbers, dimension: str, name: str) -> list[str]:
    value = moves_most(numbers, dimension)
    if value is None:
        return []
    now, then = numbers.count(dimension, value), numbers.ahead(dimension, value)
    guess = "an estimated " if dimension in numbers.estimated else ""
    if not then.is_shown:
        return [f"The {name} that changes most: {in_sentence(dimension, value)}."]
    return [
        f"The {name} that changes most: {in_sentence(dimension, value)}, from {guess}{now} to {about(then)} "
        f"by {january(numbers.horizon)}."
    ]


def _flows(numbers: Numbers) -> list[str]:
    year = numbers.seed + 1
    joiners, leavers = (numbers.ahead(what=flow, year=year) for flow in ("joiners", "leavers"))
    if not (joiners.is_shown and leavers.is_shown):
        return []
    return [f"In the year to {january(year)}: {about(joiners)} are expected to join, and {about(leavers)} to leave."]
