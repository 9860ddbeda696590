"""The rights of a family at each point, in plain words, each with the law it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rightplace.casework.case import CaseView
from rightplace.casework.case_words import for_family
from rightplace.casework.deadlines import Status
from rightplace.casework.rule import Kind
from rightplace.casework.states import State as S
from rightplace.casework.states import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One thing that a family may do or must be given, and its law."""

    words: str
    basis: str


_ACT: Final = "Children and Families Act 2014, section"
_REGS: Final = "SEND Regulations 2014, regulation"
_APPEAL: Final = Right(
    words="You can appeal. A tribunal then looks at what we decided. It is free.", basis=f"{_ACT} 51"
)
_MEDIATE: Final = Right(
    words="You can ask for a mediator first. A mediator helps you and us to agree, and takes no side.",
    basis=f"{_ACT} 52",
)
_IN_FORCE: Final = (
    Right(words="The help in Section F of the plan must be given.", basis=f"{_ACT} 42"),
    Right(words="We must look at the plan with you at least once a year.", basis=f"{_ACT} 44"),
    Right(words="You can ask us to do the assessment again.", basis=f"{_ACT} 44"),
)
_DRAFT: Final = (
    Right(words="You have at least 15 days to tell us what you think.", basis=f"{_REGS} 13(1)"),
    Right(words="You can ask to meet us.", basis=f"{_ACT} 38(2)"),
    Right(words="You can say which school or college you want the plan to name.", basis=f"{_ACT} 38(2)"),
)

AT: Final[Mapping[S, tuple[Right, ...]]] = MappingProxyType(
    {
        S.DECIDING: (
            Right(words="We must ask you what you think, and read what you send us.", basis=f"{_ACT} 36(4) and (7)"),
            Right(words="We must tell you within 6 weeks if we will do an assessment.", basis=f"{_REGS} 5(1)"),
        ),
        S.NOT_ASSESSED: (_APPEAL, _MEDIATE),
        S.ASSESSING: (
            Right(words="We must ask you for your views, and use them.", basis=f"{_REGS} 6(1)(a)"),
            Right(words="You can ask us to get advice from someone, if that makes sense.", basis=f"{_REGS} 6(1)(h)"),
        ),
        S.NO_PLAN: (_APPEAL, _MEDIATE),
        S.DRAFT: _DRAFT,
        S.IN_FORCE: _IN_FORCE,
        S.CEASING_CONSIDERED: (
            *_IN_FORCE,
            Right(words="We must ask you what you think before we end the plan.", basis=f"{_REGS} 31(1)"),
        ),
        S.CEASE_DECIDED: (
            _APPEAL, _MEDIATE, Right(words="The plan stays while you can still appeal.", basis=f"{_ACT} 45(4)"),
        ),
        S.MEETING_SET: (
            Right(words="You must be asked to the meeting at least 2 weeks before it.", basis=f"{_REGS} 20(3)"),
            Right(words="You must get the reports at least 2 weeks before it.", basis=f"{_REGS} 20(4)"),
        ),
        S.MEETING_HELD: (Right(words="You must get a report of the meeting.", basis=f"{_REGS} 20"),),
        S.REPORTED: (
            Right(words="We must tell you what we decide within 4 weeks of the meeting.", basis=f"{_REGS} 20(10)"),
        ),
        S.AMENDING: (
            Right(words="You have at least 15 days to tell us what you think of the changes.", basis=f"{_REGS} 22(2)"),
            Right(words="You can ask to meet us.", basis=f"{_REGS} 22(2)"),
        ),
        S.REDRAFTED: _DRAFT,
        S.CERTIFIED: (_APPEAL,),
    }
)  # fmt: skip
"""State to rights. Where nothing stands here, only the help and the time limits below are shown."""


def rights(view: CaseView) -> tuple[Right, ...]:
    """The rights of a family as a case stands, each once."""
    found = [right for track in Track for right in AT.get(view.situation.of(track), ())]
    return tuple(dict.fromkeys(found))


def windows(view: CaseView) -> tuple[str, ...]:
    """The times in which a family can do something, that are open now."""
    held = [due for due in view.shown(Status.RUNNING) if due.rule.kind is Kind.WINDOW and due.due is not None]
    return tuple(for_family(due, view.on, view.rights) for due in held)
