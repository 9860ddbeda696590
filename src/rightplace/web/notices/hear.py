"""What other subjects record, and whom it concerns.

Each is heard in the transaction in which it is saved: a notice is there if and only if the thing is. Rows of a load are put
in many at a time, which makes no sound, so loading a return tells nobody anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from django.db.models.signals import post_save

from rightplace.calendar import clock
from rightplace.casework.terms import Adviser
from rightplace.web.accounts.models import User
from rightplace.web.advice.models import Chaser, Request
from rightplace.web.cases.models import Case, CaseEvent, Link, Message
from rightplace.web.family.models import Explained
from rightplace.web.notices import who
from rightplace.web.notices.tell import tell

Whom = Callable[[Case], list[User]]

_NO: Final = (("decision", who.family),)
_PLAN: Final = (("plan", who.family), ("plan_of_pupil", who.school))
_SAID: Final = (("family_said", who.officers),)
EVENTS: Final[Mapping[str, tuple[tuple[str, Whom], ...]]] = MappingProxyType(
    {
        "request_received": (("request", who.officers),),
        "brought_to_attention": (("request", who.officers),),
        "assessment_agreed": (("agreed", who.family),),
        "reassessment_agreed": (("agreed", who.family),),
        "assessment_refused": _NO,
        "plan_refused": _NO,
        "reassessment_refused": _NO,
        "amendment_dropped": _NO,
        "cease_decided": _NO,
        "cease_dropped": _NO,
        "review_decided": _NO,
        "draft_plan_sent": (("draft", who.family),),
        "amendment_notice_sent": (("changes", who.family),),
        "final_plan_issued": _PLAN,
        "amended_plan_issued": _PLAN,
        "cease_consulted": (("ending", who.family),),
        "review_meeting_set": (("meeting", who.family), ("review_to_hold", who.school)),
        "review_report_sent": (("meeting_report", who.family),),
        "representations_received": _SAID,
        "setting_preferred": _SAID,
        "reassessment_requested": _SAID,
        "advice_received": (("advice_came", who.officers),),
        "setting_answered": (("setting_answered", who.officers),),
        "appeal_lodged": (("appeal", who.officers),),
    }
)
"""Kind of event to the kinds of news that it is, and for whom."""
HISTORY: Final = timedelta(days=28)
"""What happened longer ago, and is recorded only now, is history and no news."""


def listen() -> None:
    """Hear what is recorded from now on."""
    for model, heard in (
        (CaseEvent, _event),
        (Message, _message),
        (Request, _asked),
        (Chaser, _reminded),
        (Explained, _explained),
        (Link, _consulted),
    ):
        post_save.connect(heard, sender=model, dispatch_uid=f"notices {model.__name__}")


def _event(*, instance: CaseEvent, created: bool, **_: Any) -> None:
    if not created or instance.source or instance.day < clock.today() - HISTORY:
        return
    found = EVENTS.get(instance.kind, ())
    if instance.kind == "advice_requested" and instance.facts.get("adviser") == Adviser.FAMILY.value:
        found = (("views_asked", who.family),)
    for kind, whom in found:
        tell(kind, whom(instance.case), instance.case, key=f"event {instance.number}", but=instance.recorder)
    if instance.kind == "setting_consulted":
        # A setting that was asked before; one that is asked for the first time is heard of by its link.
        links = instance.case.links.filter(
            kind=Link.Kind.SETTING_ASKED, organisation__name=instance.facts.get("setting")
        )
        for link in links.select_related("organisation"):
            _ask(link, key=f"event {instance.number}")


def _message(*, instance: Message, created: bool, **_: Any) -> None:
    if created:
        kind, whom = ("family_message", who.officers) if instance.from_family else ("message", who.family)
        tell(kind, whom(instance.case), instance.case, key=f"message {instance.pk}", but=instance.sender_id)


def _asked(*, instance: Request, created: bool, **_: Any) -> None:
    if created and instance.user is not None and instance.given_on is None:
        tell("advice_asked", [instance.user], instance.case, key=f"advice {instance.pk}", due=instance.due)


def _reminded(*, instance: Chaser, created: bool, **_: Any) -> None:
    asked = instance.request
    if created and asked.user is not None:
        tell("advice_reminded", [asked.user], asked.case, key=f"reminder {instance.pk}", due=asked.due)


def _explained(*, instance: Explained, created: bool, **_: Any) -> None:
    if created:
        tell("explained", who.family(instance.case), instance.case, key=f"why {instance.pk}", but=instance.recorder)


def _consulted(*, instance: Link, created: bool, **_: Any) -> None:
    if created and instance.kind == Link.Kind.SETTING_ASKED:
        _ask(instance, key=f"asked {instance.pk}")


def _ask(link: Link, *, key: str) -> None:
    rows = link.case.open_deadlines.filter(rule="setting_consult", about=str(link.organisation), due__gte=clock.today())
    due = rows.order_by("-started").values_list("due", flat=True).first()
    tell("consulted", who.people_of(link.organisation_id), link.case, key=key, due=due)
