"""Cases and deadlines from their rows to what the API gives."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from rightplace.calendar import clock
from rightplace.casework.deadline_rules import RULE
from rightplace.casework.events import EVENTS
from rightplace.casework.terms import Owner
from rightplace.web.cases.models import Case, OpenDeadline
from rightplace.web.cases.scope import cases as seen_by
from rightplace.web.cases.store.read import STRUCK_OUT, CaseNow, stand
from rightplace.web.today import work_list


def cases(user: Any, *, after: str, most: int) -> dict[str, Any]:
    """The cases a person may see, in the order of their references."""
    rows = seen_by(user).select_related("person", "officer", "setting")
    shown = list(rows.filter(reference__gt=after).order_by("reference")[:most])
    more = len(shown) == most
    return {
        "found": rows.count(),
        "cases": [line(one) for one in shown],
        "after": shown[-1].reference if more else None,
    }


def case(case: Case) -> dict[str, Any]:
    """A case with its events and open deadlines."""
    now = stand(case, clock.today())
    return {
        **line(case),
        "deadlines": [deadline(row) for row in case.open_deadlines.select_related("case")],
        "events": _events(now),
    }


def deadlines(user: Any, *, skip: int, most: int) -> dict[str, Any]:
    """A person's open deadlines, the soonest first."""
    rows = work_list.mine(user)
    shown = rows.select_related("case").order_by("due", "case__reference", "pk")[skip : skip + most]
    return {"found": rows.count(), "deadlines": [deadline(row) for row in shown]}


def pupils(user: Any, *, after: str, most: int) -> dict[str, Any]:
    """The children and young people at a person's schools, with what the school owes for each. Three queries."""
    rows = seen_by(user).filter(ended=False)
    owing = OpenDeadline.objects.filter(owner=Owner.SETTING.value) | OpenDeadline.objects.filter(rule="review_due")
    owing = owing.filter(due__isnull=False).exclude(rule="setting_consult").order_by("due", "pk")
    shown = list(
        rows.select_related("person", "setting")
        .prefetch_related(Prefetch("open_deadlines", queryset=owing, to_attr="owing"))
        .filter(reference__gt=after)
        .order_by("reference")[:most]
    )
    return {
        "found": rows.count(),
        "pupils": [_pupil(one) for one in shown],
        "after": shown[-1].reference if len(shown) == most else None,
    }


def _pupil(case: Case) -> dict[str, Any]:
    return {
        **{
            name: value
            for name, value in line(case).items()
            if name in ("reference", "name", "born", "setting", "stage")
        },
        "upn": case.person.upn,
        "owed": [{"title": RULE[row.rule].title, "due": row.due} for row in case.owing],
    }


def line(case: Case) -> dict[str, Any]:
    """A case as a line of a list."""
    return {
        "reference": case.reference,
        "name": str(case.person),
        "born": case.person.born,
        "setting": str(case.setting or ""),
        "officer": str(case.officer or ""),
        "stage": case.stage,
        "next_due": case.next_due,
        "ended": case.ended,
        "version": case.version,
    }


def deadline(row: OpenDeadline) -> dict[str, Any]:
    """An open deadline."""
    names = ("rule", "about", "owner", "duty", "excused", "started", "due")
    return {
        "reference": row.case.reference,
        "title": RULE[row.rule].title,
        **{name: getattr(row, name) for name in names},
    }


def _events(now: CaseNow) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "kind": row.kind,
            "label": "Struck out" if row.kind == STRUCK_OUT else EVENTS[row.kind].LABEL,
            "day": None if row.inferred else row.day,
            "facts": row.facts,
            "struck_out": row.number in now.struck,
            "recorded_by": row.recorded_by,
            "recorded_at": row.recorded_at,
        }
        for row in now.rows
    ]
