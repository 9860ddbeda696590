"""The kinds of news: what each says, what there is to do and by which of the law's days, and where it leads.

Nothing here names anybody, so that it may stand in an e-mail that someone else might see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from rightplace.casework.speech import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of news. ``answer`` is the deadline rule whose last day is the day to act by; ``page`` an address's name.

    ``by`` says what that day is for. ``of_case``: the page is that of the case, and its reference is in the address.
    """

    title: str
    do: str = ""
    answer: str = ""
    by: str = "Please answer by"
    page: str
    of_case: bool = True

    def when(self, due: date, on: date) -> str:
        """The day to act by in a sentence; where it has passed, that it has."""
        return f"{self.by} {day(due)}." if due >= on else f"The day for it was {day(due)}."


_CHALLENGE: Final = {"answer": "appeal", "by": "You can ask a tribunal to look at it until"}
_CHECK: Final = {"answer": "draft_response", "by": "Please tell us what you think by", "page": "family_reply"}

FAMILY: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "message": Kind(title="A new message for you", do="Read it, and answer if you wish.", page="messages"),
        "views_asked": Kind(
            title="We ask for your views", do="Tell us what you think.", answer="advice_return", page="family_views"
        ),
        "agreed": Kind(title="We will do an assessment", page="family_case"),
        "decision": Kind(
            title="We have made a decision", do="Read it, and what you can do.", page="family_rights", **_CHALLENGE
        ),
        "draft": Kind(title="A draft plan for you to check", do="Read it, and tell us what you think.", **_CHECK),
        "changes": Kind(title="Changes to the plan for you to check", do="Read them, and tell us what you think.", **_CHECK),
        "plan": Kind(title="The plan is ready", do="Read it, and what you can do.", page="family_documents", **_CHALLENGE),
        "ending": Kind(title="We ask what you think about ending the plan", do="Tell us.", page="messages"),
        "meeting": Kind(title="A review meeting has a day", do="Look when it is.", page="family_case"),
        "meeting_report": Kind(title="The report of a review meeting is ready", do="Read it.", page="family_case"),
        "document": Kind(title="A new letter or report for you", do="Read it.", page="family_documents"),
        "opened": Kind(
            title="More people can open a file of yours", do="Read who, and why.", page="family_documents"
        ),
        "late": Kind(title="Something that we owe you is late", do="Read what it is.", page="family_case"),
        "explained": Kind(title="We have told you why something is late", do="Read why.", page="family_case"),
        "time_ends": Kind(
            title="The time to tell us what you think ends soon", answer="draft_response", by="It ends on",
            page="family_reply",
        ),
    }
)  # fmt: skip
"""News for a parent, a carer or a young person."""

OFFICER: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "family_message": Kind(title="A message from a family", do="Read and answer it.", page="messages"),
        "request": Kind(
            title="A new request for an assessment", do="Decide whether to assess.", answer="assess_decision",
            by="Tell the family by", page="case",
        ),
        "family_said": Kind(title="A family told us what they think", do="Read it.", page="family_said"),
        "family_document": Kind(title="A family sent a document", do="Read it.", page="documents"),
        "advice_came": Kind(title="Advice came in", do="Read it.", page="advice"),
        "setting_answered": Kind(title="A school or college answered a consultation", do="Read it.", page="placement"),
        "appeal": Kind(title="An appeal was registered", do="Look at it.", page="dispute"),
        "missed": Kind(title="A date was missed", do="Do it now, and tell the family why it is late.", page="case"),
    }
)  # fmt: skip
"""News for a case officer; for every team manager where a case has no officer."""

OTHERS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "advice_asked": Kind(
            title="Your advice is asked for", do="Write it here; you can save it and come back.", answer="advice_return",
            by="Send it by", page="home", of_case=False,
        ),
        "advice_reminded": Kind(
            title="A reminder: your advice is waited for", answer="advice_return", by="It was asked for by", page="home",
            of_case=False,
        ),
        "consulted": Kind(
            title="You are asked about a place", do="Say whether you can meet the needs.", by="Answer by", page="home", of_case=False,
        ),
        "review_to_hold": Kind(
            title="A review meeting has a day", do="Invite everyone, and send the papers round.", answer="review_papers",
            by="Send the papers by", page="home", of_case=False,
        ),
        "plan_of_pupil": Kind(title="A plan was issued or changed", do="Read what you must provide.", page="home", of_case=False),
    }
)  # fmt: skip
"""News for advice givers and for schools, colleges and other settings."""

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({**FAMILY, **OFFICER, **OTHERS})
