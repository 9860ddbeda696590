"""Everything that is kept of a case."""

from __future__ import annotations

from rightplace.web.cases.models.case import Case, Link, OpenDeadline, Person, called
from rightplace.web.cases.models.event import CaseEvent, CaseExemption
from rightplace.web.cases.models.paper import Document, Message
from rightplace.web.cases.models.returned import ReturnFacts, ReturnHeader

__all__ = [
    "Case",
    "CaseEvent",
    "CaseExemption",
    "Document",
    "Link",
    "Message",
    "OpenDeadline",
    "Person",
    "ReturnFacts",
    "ReturnHeader",
    "called",
]
