"""What each fact of an event is called in a form and in a timeline."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

LABELS: Final = MappingProxyType(
    {
        "source": ("Who asked", ""),
        "told_by": ("Who told us", ""),
        "adviser": ("Whose advice", ""),
        "provider_agrees": ("The person who gave the advice agrees that it is sufficient", ""),
        "authority_agrees": ("We agree that it is sufficient", ""),
        "family_agrees": ("The parent or young person agrees that it is sufficient", ""),
        "given_on": ("Day the advice was given", ""),
        "names_setting": ("Section I names a setting or a type of setting", "A draft may not name one."),
        "complete": ("The family says that it has no more to say", ""),
        "meeting_wanted": ("The family wants a meeting", ""),
        "setting": ("Name of the school, college or other setting", "Leave it empty where the plan names none."),
        "can_meet": ("The setting says that it can meet the needs", ""),
        "for_next_phase": ("The plan names the setting after a move between phases", ""),
        "meeting": ("Day of the meeting", ""),
        "outcome": ("Decision", ""),
        "move": ("Which move", ""),
        "moves_on": ("Day of the move", ""),
        "made_or_reviewed": ("Day the plan was made, or last reviewed if that is later", ""),
        "will_assess": ("We will make an assessment", ""),
        "family": ("The family was consulted", ""),
        "ground": ("Why the plan will cease", ""),
        "reviewed": (
            "A review found that the young person does not wish to return, or that it is not appropriate",
            "Asked of those aged 18 or over who left education.",
        ),
        "outcomes_considered": ("Whether the outcomes were achieved was considered", "Asked from the age of 19."),
        "wants_mediation": ("The family wants mediation", ""),
        "agreed": ("What we agreed to do", ""),
        "subject": ("What the appeal is about", ""),
        "tribunal_permission": ("The tribunal allowed an appeal that is late or has no certificate", ""),
        "order": ("What the tribunal ordered", ""),
    }
)
"""Name of the fact to its label and hint. The same name means the same in every event, but for those below."""

OF_EVENT: Final = MappingProxyType({("cease_consulted", "setting"): ("The setting was consulted", "")})


def label_of(kind: str, name: str) -> str:
    """The label of a fact of a kind of event."""
    return OF_EVENT.get((kind, name), LABELS[name])[0]


def hint_of(kind: str, name: str) -> str:
    """The hint of a fact of a kind of event; "" where none is needed."""
    return OF_EVENT.get((kind, name), LABELS[name])[1]
