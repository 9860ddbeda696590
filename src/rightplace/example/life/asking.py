"""Requests for an EHC needs assessment, with the days each step took: those that led to plans, and those that did not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from rightplace.example import days, figures, shape
from rightplace.example.figures import rate
from rightplace.example.kinds import FIRST_AGE, Floats, Ints
from rightplace.example.life.drawing import between, cells, chosen, which
from rightplace.example.life.ledger import Lives
from rightplace.example.life.timing import dispute, time_to_decide, time_to_issue
from rightplace.example.world import World

HISTORICAL, ASSESS, REFUSE, WITHDRAW, EXPORT = range(5)
"""Codes of ``outcome``: decided before the records begin, to assess, not to assess, withdrawn, moved away."""
NOTHING, ISSUE, NOT_ISSUE, STOP = range(4)
"""Codes of ``result``: no assessment ended, a plan issued, none issued, withdrawn during the assessment."""

_SIXTEEN_WEEKS: Final = 112
_FIRST_SEEN: Final = days.of(2021, 6, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """Requests that end without a plan: their outcome and result, how many for each new plan, and at which ages."""

    outcome: int
    result: int
    a_plan: float
    ages: Floats


def historical(lives: Lives, plan: Ints) -> None:
    """Requests behind plans from before the records, or from other authorities: nothing is known of them."""
    lives.requests.add(len(plan), person=lives.plans["person"][plan], plan=plan, outcome=HISTORICAL, result=ISSUE)


def for_plans(lives: Lives, world: World, person: Ints, plan: Ints, issued: Ints, year: int) -> None:
    """The requests behind plans issued in a year. ``plan`` is -1 for a plan issued after the records end."""
    draw = world.draw("asking", year)
    count = len(person)
    took, late = time_to_issue(draw, issued)
    birth = lives.people["birth"][person]
    received = np.maximum(days.working(issued - took), birth + 120)
    took = issued - received
    decided = days.working(received + np.minimum(time_to_decide(draw, count), took - 35))
    overturned = chosen(draw, rate("overturned_share_of_new_plans"), count) & (took > 240)
    mediated, appealed = dispute(draw, decided, overturned, 1.0, 0.6)
    mediated = np.where(overturned & (appealed == days.NEVER), np.minimum(decided + 60, issued - 110), mediated)
    back = np.where(overturned, np.maximum(mediated, np.where(appealed == days.NEVER, 0, decided + 100)), days.NEVER)
    back = np.where(overturned, np.minimum(back, issued - 100), days.NEVER)
    appealed = np.where(appealed == days.NEVER, appealed, np.minimum(appealed, back - 14))
    mediated = np.where(mediated == days.NEVER, mediated, np.minimum(mediated, back))
    except_share = np.where(late, rate("exceptions_share_of_late_plans"), rate("exceptions_share_of_plans_in_time"))
    other_mediated, other_appealed = dispute(
        draw, issued, np.ones(count, dtype=bool), rate("other_mediation_share"), rate("other_appeal_share")
    )
    lives.requests.add(
        count, person=person, plan=plan, received=received, outcome=np.where(overturned, REFUSE, ASSESS), decided=decided,
        mediated=mediated, appealed=appealed, reversed=back, result=ISSUE, ended=issued, other_mediated=other_mediated,
        other_appealed=other_appealed, exception=chosen(draw, except_share, count).astype(np.int64), **_asked(draw, birth, received),
    )  # fmt: skip
    again = np.flatnonzero(
        chosen(draw, rate("earlier_refusal_share_of_new_plans"), count) & (received - birth > 5 * 365)
    )
    before = days.working(received[again] - between(draw, 240, 600, len(again)))
    seen = before > _FIRST_SEEN
    _refused_before(lives, draw, person[again[seen]], before[seen])


def without_plans(lives: Lives, world: World, plans: int, year: int, first: int, last: int) -> None:
    """Requests received after ``first`` and by ``last`` that come to nothing, in proportion to ``plans`` new plans."""
    draw = world.draw("asking without a plan", year)
    repeats = rate("earlier_refusal_share_of_new_plans") * 0.65
    for ending in _endings():
        count = round(plans * (ending.a_plan - (repeats if ending.outcome == REFUSE else 0.0)))
        if count <= 0:
            continue
        (row,) = cells(draw, ending.ages, count)
        received = days.working(between(draw, first + 3, last, count))
        birth = received - (row + FIRST_AGE) * 365 - between(draw, 10, 360, count)
        need = which(draw, shape.new().sum(axis=2)[row])
        person = lives.people.add(count, birth=birth, home=world.homes(draw, row + FIRST_AGE), need=need)
        _end(lives, draw, ending, person, received)


def _end(lives: Lives, draw: np.random.Generator, ending: _Ending, person: Ints, received: Ints) -> None:
    count = len(person)
    birth = lives.people["birth"][person]
    decided = days.working(received + time_to_decide(draw, count))
    if ending.outcome == WITHDRAW:
        decided = received + between(draw, 5, 40, count)
    mediated, appealed = np.full(count, days.NEVER), np.full(count, days.NEVER)
    if ending.outcome == REFUSE:
        mediated, appealed = dispute(
            draw,
            decided,
            np.ones(count, dtype=bool),
            rate("mediation_share_of_refusals"),
            rate("appeal_share_of_refusals"),
        )
    ended = np.full(count, days.NEVER)
    in_time = chosen(draw, rate("no_plan_in_sixteen_weeks"), count)
    slow = between(draw, _SIXTEEN_WEEKS + 1, 260, count)
    if ending.result == NOT_ISSUE:
        ended = days.working(
            np.maximum(received + np.where(in_time, between(draw, 80, _SIXTEEN_WEEKS, count), slow), decided + 14)
        )
    if ending.result == STOP or ending.outcome == EXPORT:
        ended = days.working(decided + between(draw, 10, 90, count))
    no_mediated, no_appealed = np.full(count, days.NEVER), np.full(count, days.NEVER)
    if ending.result == NOT_ISSUE:
        no_mediated, no_appealed = dispute(
            draw,
            ended,
            np.ones(count, dtype=bool),
            rate("mediation_share_of_no_plans"),
            rate("appeal_share_of_no_plans"),
        )
    lives.requests.add(
        count, person=person, received=received, outcome=ending.outcome, decided=decided, mediated=mediated,
        appealed=appealed, result=ending.result, ended=ended, result_mediated=no_mediated, result_appealed=no_appealed,
        **_asked(draw, birth, received),
    )  # fmt: skip


def _refused_before(lives: Lives, draw: np.random.Generator, person: Ints, received: Ints) -> None:
    refusal = _endings()[0]
    _end(lives, draw, refusal, person, received)


@lru_cache(maxsize=1)
def _endings() -> tuple[_Ending, ...]:
    asked = figures.by_age("requests_by_age", ["refuse", "withdrawn"])
    not_issued = figures.by_age("assessments_by_age", ["not_issued"])[:, 0]
    issued = figures.by_age("assessments_by_age", ["issued"]).sum()
    return (
        _Ending(outcome=REFUSE, result=NOTHING, a_plan=asked[:, 0].sum() / issued, ages=asked[:, 0]),
        _Ending(outcome=WITHDRAW, result=NOTHING, a_plan=asked[:, 1].sum() / issued, ages=asked[:, 1]),
        _Ending(outcome=ASSESS, result=NOT_ISSUE, a_plan=not_issued.sum() / issued, ages=not_issued),
        _Ending(outcome=ASSESS, result=STOP, a_plan=rate("stopped_assessments_a_plan"), ages=not_issued),
        _Ending(outcome=EXPORT, result=NOTHING, a_plan=rate("moved_away_a_plan"), ages=not_issued),
    )


def _asked(draw: np.random.Generator, birth: Ints, received: Ints) -> dict[str, Ints]:
    """Who asked, and whether the person was then in relevant youth accommodation (10 to 17)."""
    count = len(birth)
    sources = np.array([[rate(f"asked_by_{who}") for who in ("family", "setting", "health", "social_care", "other")]])
    held = (days.birthday(birth, 10) <= received) & (days.birthday(birth, 18) > received)
    custody = held & chosen(draw, rate("custody_share_of_requests_at_10_to_17"), count)
    return {"source": which(draw, np.repeat(sources, count, axis=0)) + 1, "custody": custody.astype(np.int64)}
