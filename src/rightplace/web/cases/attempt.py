"""Doing what a form asks, and saying in the form why it could not be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rightplace.casework.events import EVENTS
from rightplace.errors import RefusedError
from rightplace.web.cases.store.record import EditConflict
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.words import day

DONE = 302
CONFLICT = 409
REFUSED = 200


def attempt(form: KeyedForm, do: Callable[[], Any]) -> int:
    """Do it and give ``DONE``; else the status to show the form with, which then says why it was not done.

    Where the case moved on, the form names what was recorded since and by whom, keeps what was entered, and can be sent
    again by someone who has read that.
    """
    try:
        do()
    except EditConflict as conflict:
        again = form.data.copy()
        again["version"] = str(conflict.case.version)
        form.data = again
        form.add_error(None, _since(conflict))
        return CONFLICT
    except RefusedError as refused:
        form.add_error(None, " ".join(part for part in (refused.what, refused.where, refused.action) if part))
        return REFUSED
    return DONE


def _since(conflict: EditConflict) -> str:
    found = [
        f"“{EVENTS[row.kind].LABEL if row.kind in EVENTS else 'An event was struck out'}” of {day(row.day)}, "
        f"recorded by {row.recorded_by}"
        for row in conflict.theirs
    ]
    return (
        f"Nothing was recorded, because the case moved on since you opened this page: {'; '.join(found)}. "
        "What you entered is kept below. If it is still right, send it again."
    )
