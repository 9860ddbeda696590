"""Disagreement: mediation, appeal, and how the appeal ended."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.casework.events.base import Event
from rightplace.casework.terms import AppealSubject, OrderKind, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationContacted(Event):
    """The family told the mediation adviser that they wish to appeal, and whether they want to mediate."""

    LABEL = "Mediation adviser contacted"
    FAMILY = "You call the mediation adviser"
    BASIS = "SEND Regulations 2014, regulation 33"
    BY = Owner.FAMILY
    wants_mediation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationHeld(Event):
    """The family and the authority met with a mediator. ``agreed`` is what the authority agreed to do, if anything."""

    LABEL = "Mediation held"
    FAMILY = "You and we meet with a mediator, who takes no side"
    BASIS = "SEND Regulations 2014, regulations 36 to 39 and 42"
    agreed: OrderKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Event):
    """The mediation adviser issued a certificate, with or without mediation."""

    LABEL = "Mediation certificate issued"
    FAMILY = "You get the certificate that you need to appeal"
    BASIS = "Children and Families Act 2014, section 55(4) and (5); SEND Regulations 2014, regulations 34 and 39"
    BY = Owner.MEDIATION_ADVISER


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLodged(Event):
    """An appeal reached the tribunal. ``tribunal_permission``: it allowed one that is late or has no certificate."""

    LABEL = "Appeal lodged"
    FAMILY = "You ask the tribunal to look at our decision"
    BASIS = "Children and Families Act 2014, section 51"
    BY = Owner.FAMILY
    subject: AppealSubject
    tribunal_permission: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealConceded(Event):
    """Before it answered the appeal the authority told the tribunal that it does not oppose it."""

    LABEL = "Tribunal told that the appeal is not opposed"
    FAMILY = "We tell the tribunal that we agree with you"
    BASIS = "SEND Regulations 2014, regulation 45(1)"
    subject: AppealSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealWithdrawn(Event):
    """The family withdrew the appeal."""

    LABEL = "Appeal withdrawn"
    FAMILY = "You stop your appeal"
    BASIS = "Tribunal Procedure (First-tier Tribunal) (HESC Chamber) Rules 2008, rule 17"
    BY = Owner.FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class TribunalOrdered(Event):
    """The tribunal decided the appeal; the day is that of its order."""

    LABEL = "Tribunal order made"
    FAMILY = "The tribunal decides"
    BASIS = "SEND Regulations 2014, regulations 43 and 44"
    BY = Owner.TRIBUNAL
    order: OrderKind
