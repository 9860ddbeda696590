"""What each letter about a decision must say.

Every letter tells of the right to appeal, its time limits, mediation, disagreement resolution, and information and advice:
SEND Regulations 2014, regulations 5(3) and 31(3), read on legislation.gov.uk. That the other notices need the same was not
read at first hand, and those letters are marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from rightplace.casework.terms import RightsHolder
from rightplace.web.design.words import day

SETTING_ONLY: Final = "final_plan_issued", "amended_plan_issued"
"""Decisions that can be appealed about the setting alone, for which no mediation certificate is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One letter: its title, what it tells, what may be appealed and the law it follows.

    "{child}" is the name. ``verified``: the regulation that says what the notice must tell was read at first hand.
    """

    title: str
    opening: str
    appeal: str
    basis: str
    verified: bool = False
    more: str = ""


_REGULATIONS: Final = "SEND Regulations 2014, regulation"
LETTERS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "assessment_refused": Wording(
            title="Our decision not to assess",
            opening="We have decided not to carry out an education, health and care needs assessment of {child}.",
            appeal="the decision not to carry out an assessment",
            basis=f"{_REGULATIONS} 5(1) and (3)",
            verified=True,
        ),
        "plan_refused": Wording(
            title="Our decision not to issue a plan",
            opening="We have assessed the needs of {child}, and decided that no education, health and care plan is necessary.",
            appeal="the decision not to issue a plan",
            basis=f"{_REGULATIONS} 10",
        ),
        "final_plan_issued": Wording(
            title="The final education, health and care plan",
            opening="We enclose the final education, health and care plan of {child}.",
            appeal="the special educational needs (Section B), the special educational provision (Section F), and the setting "
            "named, or that none is named (Section I)",
            basis=f"{_REGULATIONS}s 13(2) and 14",
            more="We must secure the special educational provision in the plan from the day of this letter.",
        ),
        "amended_plan_issued": Wording(
            title="The amended education, health and care plan",
            opening="We have amended the education, health and care plan of {child}, and enclose the amended plan.",
            appeal="the special educational needs (Section B), the special educational provision (Section F), and the setting "
            "named, or that none is named (Section I)",
            basis=f"{_REGULATIONS} 22",
        ),
        "review_decided": Wording(
            title="Our decision after the review",
            opening="We have reviewed the education, health and care plan of {child}, and decided to keep it as it is.",
            appeal="the decision not to amend the plan",
            basis=f"{_REGULATIONS} 20(10) to (12)",
        ),
        "amendment_dropped": Wording(
            title="Our decision not to amend the plan",
            opening="We told you of changes that we wanted to make to the education, health and care plan of {child}. We have "
            "decided not to make them.",
            appeal="the decision not to amend the plan",
            basis=f"{_REGULATIONS} 22(4) and (5)",
        ),
        "reassessment_refused": Wording(
            title="Our decision not to assess again",
            opening="We have decided not to carry out a re-assessment of the needs of {child}.",
            appeal="the decision not to carry out a re-assessment",
            basis=f"{_REGULATIONS}s 24 and 25",
        ),
        "cease_decided": Wording(
            title="Our decision to end the plan",
            opening="We asked you what you thought about ending the education, health and care plan of {child}. We have decided "
            "to end it.",
            appeal="the decision to end the plan",
            basis=f"{_REGULATIONS} 31(2) and (3)",
            verified=True,
            more="The plan and the help in it go on until the time to appeal has passed, or an appeal is decided.",
        ),
    }
)
"""Kind of event to its letter."""

SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mediation": "Mediation adviser: name and how to reach them",
        "disagreement": "Disagreement resolution service: name and how to reach it",
        "advice": "Information and advice service: name and how to reach it",
    }
)
"""Whom every letter names: regulation 32 for mediation, 5(3)(d) and its like for the rest."""


def body(
    kind: str,
    *,
    child: str,
    rights: RightsHolder,
    reasons: str,
    last_day: date,
    contact_by: date,
    services: Mapping[str, str],
) -> str:
    """The text of a letter, in paragraphs with an empty line between.

    ``last_day`` is the last day to appeal without a certificate counted, ``contact_by`` the last day to reach the mediation
    adviser.
    """
    wording = LETTERS[kind]
    reader = "parent" if rights is RightsHolder.PARENT else "young person"
    parts = [
        wording.opening.format(child=child),
        wording.more,
        f"Why we decided this\n{reasons.strip()}",
        f"Your right to appeal\nAs the {reader}, you can appeal to the First-tier Tribunal (Special Educational Needs and "
        f"Disability) against {wording.appeal}. The tribunal is independent of us.",
        f"When you must appeal by\nYour appeal must reach the tribunal by {day(last_day)} (two months from this letter), or one "
        "month from the date of your mediation certificate if that is later. A time that ends in August, or from 25 December to "
        "1 January, ends on the first working day after. The tribunal can allow a late appeal.",
        _mediation(kind, contact_by, services["mediation"]),
        f"Settling it in another way\nYou can also use a disagreement resolution service. It is free, and it does not take away "
        f"your right to appeal: {services['disagreement']}.",
        f"Help and advice\nYou can get information and advice that is independent of us, about special educational needs: "
        f"{services['advice']}.",
        f"The law: {wording.basis}.",
    ]
    return "\n\n".join(part for part in parts if part)


def _mediation(kind: str, contact_by: date, adviser: str) -> str:
    text = (
        f"Mediation\nBefore you appeal you must speak to a mediation adviser, by {day(contact_by)}. You need not take part in "
        "mediation. If you do not want it, the adviser sends you a certificate within three working days. If you do, we meet "
        "with you and a mediator within 30 days, and you get the certificate after. Mediation does not take away your right to "
        f"appeal. The mediation adviser: {adviser}."
    )
    if kind in SETTING_ONLY:
        text += " You need no certificate if you appeal only about the setting named in Section I, its type, or that none is named."
    return text
