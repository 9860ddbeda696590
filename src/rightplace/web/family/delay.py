"""What is late, said to a family: what, how late, why, and when it is expected now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rightplace.casework.case_words import for_family
from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.exemptions import ExemptionGround as G
from rightplace.casework.speech import day
from rightplace.casework.terms import Adviser, Owner
from rightplace.web.cases.store.read import CaseNow
from rightplace.web.family.models import Explained

NOT_SAID: Final = "We have not yet told you why. We should. Send us a message and ask."

GROUNDS: Final = MappingProxyType(
    {
        G.SCHOOL_CLOSED: "the school or college was closed for 4 weeks or more",
        G.EARLY_YEARS_CLOSED: "the nursery was closed for 4 weeks or more",
        G.EXCEPTIONAL: "something very hard happened to one of you",
        G.ABSENCE: "one of you was away for 4 weeks or more",
        G.ADVISER_EXCEPTIONAL: "something very hard happened to one of you",
        G.ADVISER_ABSENCE: "one of you was away for 4 weeks or more",
        G.MISSED_APPOINTMENT: "a visit or test could not take place on its day",
        G.ORDER_EXCEPTIONAL: "something very hard happened to one of you",
        G.ORDER_ABSENCE: "one of you was away for 2 weeks or more",
        G.ORDER_REPRESENTATIONS: "you asked for more time to tell us what you think",
    }
)
"""The law's reasons for more time, as we say them to a family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """One thing that is late: the sentence, the reasons, and a name for choosing it in a form."""

    name: str
    sentence: str
    reasons: tuple[str, ...]


def late(now: CaseNow, held: Sequence[Deadline], explained: Iterable[Explained]) -> tuple[Late, ...]:
    """What is late in a case, the longest first. ``held`` are its open deadlines, ``explained`` the newest first."""
    told: dict[str, Explained] = {}
    for one in explained:
        told.setdefault(_name(one.rule, one.about), one)
    found = [due for due in held if due.status in (Status.OVERDUE, Status.EXCUSED)]
    return tuple(
        Late(
            name=_name(due.rule.id, due.about),
            sentence=for_family(due, now.view.on, now.view.rights),
            reasons=_reasons(due, held, told.get(_name(due.rule.id, due.about))),
        )
        for due in found
    )


def _name(rule: str, about: str) -> str:
    return f"{rule}|{about}"


def _reasons(due: Deadline, held: Sequence[Deadline], told: Explained | None) -> tuple[str, ...]:
    found = []
    if told is not None:
        when = f" We now think it will be done by {day(told.expected)}." if told.expected else ""
        found.append(f"{told.text.strip()}{when} ({told.recorded_by} told you this.)")
    found += [f"The law gives more time for this: {GROUNDS[one.ground]}." for one in due.excuses]
    if due.rule.owner is Owner.AUTHORITY:
        found += _waits(held)
        if not found:
            found.append(NOT_SAID)
    return tuple(found)


def _waits(held: Sequence[Deadline]) -> list[str]:
    """What we wait for from others, as far as the record shows."""
    advice = [one.about for one in held if one.rule.id == "advice_return"]
    settings = [one.about for one in held if one.rule.id == "setting_consult"]
    labels = [Adviser.labels().get(code, code).lower() for code in advice]
    found = [f"We are still waiting for these reports: {'; '.join(labels)}."] if labels else []
    return found + ([f"We are still waiting for an answer from {' and '.join(settings)}."] if settings else [])
