"""The SEN2 return from live cases: what was loaded, said again, with what has happened since put over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rightplace.errors import DataError
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_writer import write_xml
from rightplace.web.cases.models import Case, ReturnFacts, ReturnHeader
from rightplace.web.load.nested import Record, frames
from rightplace.web.load.one import BESIDE, codes_of_settings, requests_of

EDITION: Final = 2026
_PERSON: Final = ("surname", "forename", "sex", "ethnicity", "postcode", "upn", "uln", "upn_unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a return holds: people, plans, and the day it is as at."""

    people: int
    plans: int
    reference: date


def write_return(path: Path) -> Written:
    """Write the return to a file, which is replaced in one step.

    Raises ``DataError`` where no return was loaded, so that the authority's own header is not known.
    """
    header = ReturnHeader.objects.filter(edition=EDITION).first()
    if header is None:
        raise DataError(
            f"No SEN2 return of {EDITION} was loaded, so the header of the next is not known.",
            action="Set it in the service, under Yearly return, or load your return first.",
        )
    reference = date.fromisoformat(header.items["reference_date"])
    tables = frames(header.items, _records(reference))
    write_xml(Sen2Return(edition=EDITION, source="live cases", sha256="", tables=tables), path)
    return Written(people=tables["person"].height, plans=tables["namedplan"].height, reference=reference)


def _records(reference: date) -> Iterator[Record]:
    """One nested record for each person, those loaded first in the order they came in."""
    cases = Case.objects.select_related("person").prefetch_related(*BESIDE)
    facts = {held.case_id: held for held in ReturnFacts.objects.filter(edition=EDITION)}
    codes = codes_of_settings()
    ordered = sorted(cases, key=lambda case: (facts[case.pk].place if case.pk in facts else len(facts), case.pk))
    for case in ordered:
        loaded: list[Record] = facts[case.pk].items["requests"] if case.pk in facts else []
        requests = requests_of(case, loaded, codes, reference)
        if requests:
            yield person_items(case) | {"requests": requests}


def person_items(case: Case) -> Record:
    """A person's own items."""
    person = case.person
    items = {name: getattr(person, name) for name in _PERSON}
    born = {"birth_date": person.born.isoformat()} if person.born else {}
    return {name: value for name, value in items.items() if value} | born
