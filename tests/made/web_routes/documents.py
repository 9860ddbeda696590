"""Who may see the list of documents, add one, and say who may open it. The document of each case was opened for nobody."""

from __future__ import annotations

from typing import Any

OFFICERS = {"case_officer", "team_manager"}
OTHER_STAFF = {"psychologist", "health", "social_care", "therapist", "school", "trust"}
ROUTES = {
    "documents": OFFICERS | OTHER_STAFF,
    "document_add": OFFICERS | OTHER_STAFF | {"parent", "young_person"},
    "document_sharing": OFFICERS,
}
OTHERS = OFFICERS
NUMBERS = ("document_sharing",)


def number(case: Any) -> int:
    """The number of the document of a case."""
    return int(case.documents.get().pk)
