"""Who is in alternative provision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from django.db import models

from rightplace.web.registers.models.entry import Entry, money

FULL_TIME_HOURS: Final = Decimal(18)
"""DfE guidance on registering independent schools takes more than 18 hours a week for full-time [general knowledge]."""


class Alternative(Entry):
    """Somebody in alternative provision: who commissioned it, why, where, for how many hours, and whether it is registered."""

    class Commissioner(models.TextChoices):
        """Who arranged it."""

        AUTHORITY = "authority", "This authority"
        SCHOOL = "school", "The school"
        OTHER_AUTHORITY = "other_authority", "Another authority"

    class Reason(models.TextChoices):
        """On what ground of law."""

        EXCLUDED = "excluded", "Excluded (Education Act 1996, section 19)"
        ILL = "ill", "Illness (Education Act 1996, section 19)"
        OTHERWISE = "otherwise", "Otherwise out of suitable education (Education Act 1996, section 19)"
        DIRECTED = "directed", "Directed off site to improve behaviour (Education Act 2002, section 29A)"
        SUSPENDED = "suspended", "From the sixth day of a suspension"
        PLAN = "plan", "As provision in the plan"

    class Status(models.TextChoices):
        """Whether the provider is registered as a school."""

        REGISTERED = "registered", "Registered as a school"
        NOT_REGISTERED = "not_registered", "Not registered"
        NOT_KNOWN = "not_known", "Not known"

    provider = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status.choices)
    urn = models.CharField(max_length=10, blank=True)
    commissioner = models.CharField(max_length=20, choices=Commissioner.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    on_roll_at = models.CharField(max_length=200, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    checked_on = models.DateField(null=True)
    cost = money()

    def doubts(self, on: date) -> list[str]:
        """As for every entry; also a provider that may have to register, was never checked, or a stay with no end or review."""
        found = super().doubts(on)
        if not self.running(on):
            return found
        if self.status != self.Status.REGISTERED and self.hours is not None and self.hours > FULL_TIME_HOURS:
            found.append("More than 18 hours for somebody with a plan: the provider may have to register as a school.")
        if self.status != self.Status.REGISTERED and self.checked_on is None:
            found.append("No check of the provider is on record.")
        if self.review_on is None:
            found.append("No review is set.")
        return found
