"""Education otherwise than at a school or college (EOTAS)."""

from __future__ import annotations

from datetime import date

from django.db import models

from rightplace.web.registers.models.entry import Entry, money


class Package(Entry):
    """Provision arranged otherwise than in any school, post-16 institution or early years place.

    The authority must be satisfied that a setting would be inappropriate, and must consult first: Children and Families Act
    2014, section 61.
    """

    inappropriate = models.TextField()
    consulted_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    provision = models.TextField()
    providers = models.CharField(max_length=300, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    cost = money()

    def doubts(self, on: date) -> list[str]:
        """As for every entry; also one that runs though nobody was consulted, or with no review set."""
        found = super().doubts(on)
        if self.running(on) and self.consulted_on is None:
            found.append("The family must be consulted first (section 61(3)), and no day is on record.")
        if self.running(on) and self.review_on is None:
            found.append("No review is set.")
        return found
