"""``rightplace clock``: where a case is, what is due and what may happen next, from a small file of its events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rightplace.casework.case import CaseView

NAME: Final = "clock"


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML or JSON file of the events of one case.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to look from, like 2026-03-31. Today when not given.")
    ] = None,
    family: Annotated[bool, typer.Option("--family", help="Say it as we would to the family.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Show the statutory clock of one case: state, deadlines, next steps, and why not the rest."""
    from rightplace.calendar import clock
    from rightplace.casework import case_file
    from rightplace.casework.case import view
    from rightplace.cli.screen import say
    from rightplace.errors import UserError

    day = case_file.as_date(on) if on else clock.today()
    if day is None:
        raise UserError(f"{on!r} is not a date.", where="--on", action="Write it like 2026-03-31.")
    case = case_file.read(file)
    seen = view(case.events, case.exemptions, day, born=case.born)
    if json:
        from json import dumps

        from rightplace.casework.case_json import as_values

        typer.echo(dumps({"case": case.name, **as_values(seen)}, ensure_ascii=False, indent=2))
    else:
        say(*(_to_family(seen) if family else _to_officer(case.name, seen)))


def _to_officer(name: str, seen: CaseView) -> Iterator[str]:
    from rightplace.casework.case_words import for_officer
    from rightplace.casework.deadlines import Status

    yield f"{name}, on {_day(seen.on)}"
    yield f"  State: {'; '.join(seen.stage)}"
    yield f"  With: {', '.join(owner.label.lower() for owner in seen.held_by)}"
    yield f"  Rights: {seen.rights.label.lower()}. {seen.rights_note}"
    if seen.later:
        yield f"  Left out, being later than this day: {seen.later} event{'s' if seen.later > 1 else ''}"
    groups = (
        ("Overdue", (Status.OVERDUE,)),
        ("Running", (Status.RUNNING,)),
        ("Excused", (Status.EXCUSED,)),
        ("Done", (Status.MET, Status.MET_LATE)),
        ("Ended", (Status.ENDED,)),
    )
    for title, statuses in groups:
        for place, due in enumerate(seen.shown(*statuses)):
            if not place:
                yield from ("", title)
            about = f" ({due.about.replace('_', ' ')})" if due.about else ""
            mark = "" if due.rule.verified(due.started or seen.on) else " [law not read at first hand]"
            yield f"  {due.rule.title}{about}: {for_officer(due, seen.on)} {due.rule.owner.label}; {due.rule.basis}.{mark}"
    yield from ("", "May happen next")
    yield from (f"  {step.words} ({step.by.label.lower()})" for step in seen.may_happen)
    yield from ("", "May not happen now")
    yield from (f"  {barred.words}: {barred.reason} ({barred.basis})" for barred in seen.may_not)


def _to_family(seen: CaseView) -> Iterator[str]:
    from rightplace.casework.case_words import for_family
    from rightplace.casework.deadlines import Status

    yield f"Where we are on {_day(seen.on)}"
    yield from (f"  {sentence}" for sentence in seen.family_stage)
    yield f"  Who has it now: {seen.family_held_by}."
    for title, statuses in (
        ("What is late", (Status.OVERDUE, Status.EXCUSED)),
        ("What comes next, and by when", (Status.RUNNING,)),
    ):
        held = [due for due in seen.shown(*statuses) if due.met is None]
        if held:
            yield from ("", title)
            yield from (f"  {for_family(due, seen.on, seen.rights)}" for due in held)
    yield from ("", "What may happen next")
    yield from (f"  {step.family}." for step in seen.may_happen if step.event != "died")
    yield from (
        "",
        "You can get free help and advice. Ask your local SENDIASS (the SEND information, advice and support service).",
    )


def _day(day: date) -> str:
    from rightplace.casework.speech import day as words

    return words(day)
