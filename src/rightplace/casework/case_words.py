"""A deadline in a sentence: for officers, and for families at a reading age of about 11."""

from __future__ import annotations

from datetime import date

from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.rule import Kind
from rightplace.casework.speech import day, days, speak
from rightplace.casework.terms import Adviser, Owner, RightsHolder

_WAIT_FOR = {
    Owner.ADVISER: "We are still waiting for this report.",
    Owner.SETTING: "We are still waiting for the school or college.",
    Owner.MEDIATION_ADVISER: "You can ask the mediation adviser about it.",
}
_HOLDS_FOR_FAMILY = {
    Owner.AUTHORITY: "us, the council",
    Owner.OLD_AUTHORITY: "your old council",
    Owner.NEW_AUTHORITY: "your new council",
    Owner.FAMILY: "you",
    Owner.ADVISER: "the people we asked for advice",
    Owner.SETTING: "the school or college",
    Owner.MEDIATION_ADVISER: "the mediation adviser",
    Owner.TRIBUNAL: "the tribunal",
    Owner.NOBODY: "nobody",
}


def for_officer(deadline: Deadline, on: date) -> str:
    """How a deadline stands, for those who work the case."""
    due = day(deadline.due) if deadline.due else "the appeal is decided"
    left = deadline.days_left(on) or 0
    status = deadline.status
    if status is Status.RUNNING:
        return f"Due by {due}" + (f", {days(left)} left." if deadline.due else ".")
    if status is Status.OVERDUE:
        return f"Was due by {due}; {days(-left)} overdue."
    if status is Status.EXCUSED:
        when = f"done on {day(deadline.met)}" if deadline.met else "still to be done as soon as practicable"
        return f"Was due by {due}; {when}. Excused: {_grounds(deadline)}."
    if deadline.met:
        late = (deadline.met - deadline.due).days if deadline.due else 0
        return f"Was due by {due}; done on {day(deadline.met)}" + (f", {days(late)} late." if late > 0 else ".")
    if status is Status.ENDED and deadline.ended:
        return f"No longer applies since {day(deadline.ended)}."
    return f"The time ended on {due}." if status is Status.ENDED else "Not started."


def for_family(deadline: Deadline, on: date, to: RightsHolder) -> str:
    """How a deadline stands, for the family: what, by when, and that a delay is nobody's fault to prove."""
    what = speak(deadline.rule.family, to)
    if deadline.about:
        what += f" ({Adviser.labels().get(deadline.about, deadline.about)})"
    if deadline.status is Status.NOT_STARTED:
        return f"{what}. This has not started."
    return f"{what} {_family_when(deadline, on)}"


def holds_for_family(owners: tuple[Owner, ...]) -> str:
    """Who has the case now, as we say it to a family."""
    return " and ".join(_HOLDS_FOR_FAMILY[owner] for owner in owners)


def _family_when(deadline: Deadline, on: date) -> str:
    due = day(deadline.due) if deadline.due else ""
    status, kind = deadline.status, deadline.rule.kind
    if status is Status.RUNNING:
        if not due:
            return "until the tribunal decides."
        until = "until" if kind in (Kind.WINDOW, Kind.HOLD) else "by"
        return f"{until} {due}."
    if status is Status.OVERDUE:
        behind = days(-(deadline.days_left(on) or 0))
        wait = _WAIT_FOR.get(deadline.rule.owner, "We are sorry. Ask us why, and when it will be done.")
        return f"by {due}. This is {behind} late. {wait}"
    if status is Status.EXCUSED:
        done = f"It was done on {day(deadline.met)}." if deadline.met else "It must still be done as soon as it can be."
        return f"by {due}. The law gives more time here. {done}"
    return _family_after(deadline, due)


def _family_after(deadline: Deadline, due: str) -> str:
    if deadline.met:
        late = (deadline.met - deadline.due).days if deadline.due else 0
        return f"by {due}. This was done on {day(deadline.met)}" + (f", {days(late)} late." if late > 0 else ".")
    if deadline.ended:
        return "— this is not needed any more."
    by = deadline.rule.kind is Kind.CONDITIONAL
    return f"by {due}. That day has passed." if by else f"until {due}. That time is over."


def _grounds(deadline: Deadline) -> str:
    return "; ".join(f"{held.ground.label.lower()} (decided by {held.decided_by})" for held in deadline.excuses)
