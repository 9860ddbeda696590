"""Everything that is held of a person, as one file to give them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any, Final

from rightplace.casework.events import EVENTS
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case, CaseEvent, Document
from rightplace.web.design.words import day, moment
from rightplace.web.records.whole import facts, rows_of

_SECRET: Final = frozenset({"key", "seal", "before", "file"})
_README: Final = """Everything that {authority} holds in Rightplace of {person}, case {reference}, on {today}.

person.csv and case.csv: who the record is of, and where the case is.
events.csv: what happened, in order. Events that were struck out are there too, with the reason.
documents.csv, and the folder documents: every document.
access.csv: who did or looked at what in this record.
The other files: what other parts of the service keep of the case, a file for each.

Before this is given to anyone, somebody must read it. It may name other people, whose rights count too (UK GDPR, Article
15(4)), and the Data Protection Act 2018, Schedules 2 to 4, sets out what may or must be held back, such as what could cause
serious harm. The references to the Act are general knowledge and have not been checked word by word: ask your data protection
officer.
"""


def export(case: Case, *, authority: str, today: str) -> bytes:
    """The record of a case as a zip file."""
    held = rows_of(case)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "README.txt", _README.format(authority=authority, person=case.person, reference=case.reference, today=today)
        )
        archive.writestr("person.csv", _csv([facts(case.person)]))
        archive.writestr("case.csv", _csv([facts(case)]))
        archive.writestr("events.csv", _csv([_event(row) for row in held.pop(CaseEvent, [])]))
        documents = held.pop(Document, [])
        archive.writestr("documents.csv", _csv([_shown(row) for row in documents]))
        for row in documents:
            _document(archive, row)
        for model, rows in held.items():
            archive.writestr(f"{model._meta.label_lower.replace('.', '_')}.csv", _csv([_shown(row) for row in rows]))
        archive.writestr(
            "access.csv", _csv([_access(row) for row in Entry.objects.filter(case=case.reference).order_by("number")])
        )
    return made.getvalue()


def _document(archive: zipfile.ZipFile, row: Document) -> None:
    """A document under its own name; one whose file is gone is named so."""
    name = f"documents/{row.pk} {row.name.replace('/', ' ')}"
    try:
        with row.file.open("rb") as file:
            archive.writestr(name, file.read())
    except OSError:
        archive.writestr(f"{name}.missing.txt", "The file of this document could not be read.")


def _shown(row: Any) -> dict[str, Any]:
    return {name: value for name, value in facts(row).items() if name not in _SECRET}


def _event(row: CaseEvent) -> dict[str, Any]:
    return {
        "number": row.number,
        "what": EVENTS[row.kind].LABEL if row.kind in EVENTS else "Struck out",
        "day": "not known" if row.inferred else day(row.day),
        "facts": json.dumps(row.facts, ensure_ascii=False),
        "recorded_by": row.recorded_by,
        "recorded_at": moment(row.recorded_at),
        "source": row.source,
    }


def _access(row: Entry) -> dict[str, Any]:
    return {"number": row.number, "at": moment(row.at), "who": row.who, "role": row.role, "what": row.words}


def _csv(rows: list[dict[str, Any]]) -> str:
    said = io.StringIO()
    if rows:
        writer = csv.DictWriter(said, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return said.getvalue()


def _plain(value: Any) -> Any:
    """A cell; one that a spreadsheet would take for a formula gets a mark before it, as OWASP advises on CSV injection."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value[:1] else value
