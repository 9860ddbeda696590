"""What the checks of the return say of one person, as if the return were made from what is recorded now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from rightplace.returns.checks.rule import WHOLE
from rightplace.returns.checks.run import check
from rightplace.returns.sen2.record import Sen2Return
from rightplace.web.cases.models import Case, ReturnFacts, ReturnHeader
from rightplace.web.load.nested import frames
from rightplace.web.load.one import BESIDE, codes_of_settings, requests_of
from rightplace.web.load.returned import EDITION, person_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing the checks say: how grave, what, and what to do."""

    severity: str
    message: str
    action: str


def check_one(case: Case) -> tuple[date | None, bool, list[Said]]:
    """The census day, whether the person is in the return, and what the checks say; no day where there is no header."""
    header = ReturnHeader.objects.filter(edition=EDITION).first()
    if header is None:
        return None, False, []
    reference = date.fromisoformat(header.items["reference_date"])
    prefetch_related_objects([case], *BESIDE)
    facts = ReturnFacts.objects.filter(case=case, edition=EDITION).first()
    requests = requests_of(case, facts.items["requests"] if facts else [], codes_of_settings(), reference)
    if not requests:
        return reference, False, []
    tables = frames(header.items, [person_items(case) | {"requests": requests}])
    found = check(Sen2Return(edition=EDITION, source="live cases", sha256="", tables=tables)).frame
    rows = found.filter((found["table"] != WHOLE) & (found["table"] != "sen2")).to_dicts()
    return (
        reference,
        True,
        [Said(severity=row["severity"], message=row["message"], action=row["action"]) for row in rows],
    )
