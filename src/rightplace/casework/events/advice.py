"""Advice and information for an assessment: asked for, given, or used again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rightplace.casework.events.base import Event
from rightplace.casework.terms import Adviser, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRequested(Event):
    """The authority asked one adviser for advice. The six weeks run from the day the adviser receives it."""

    LABEL = "Advice requested"
    FAMILY = "We ask people who know {child} for advice"
    BASIS = "SEND Regulations 2014, regulations 6(1) and 8(1)"
    adviser: Adviser


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceReceived(Event):
    """An adviser's advice arrived."""

    LABEL = "Advice received"
    FAMILY = "The people we asked send us their advice"
    BASIS = "SEND Regulations 2014, regulation 8(1)"
    BY = Owner.ADVISER
    adviser: Adviser


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceReused(Event):
    """Advice given earlier is used again, because the provider, the authority and the family all say that it is enough."""

    LABEL = "Earlier advice used again"
    FAMILY = "We use a report that we all agree is still good enough"
    BASIS = "SEND Regulations 2014, regulation 6(4)"
    adviser: Adviser
    provider_agrees: bool
    authority_agrees: bool
    family_agrees: bool
    given_on: date | None = None
