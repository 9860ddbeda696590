"""Personal budgets: Section J of the plan."""

from __future__ import annotations

from datetime import date

from django.db import models

from rightplace.calendar.weeks import add_months
from rightplace.vocabulary.codes import DirectPayment
from rightplace.web.registers.models.entry import Entry, money

FIRST_REVIEW_MONTHS = 3
"""Direct payments are reviewed at least once within the first three months: Personal Budgets Regulations 2014, regulation 11, as
solicitors tell of it; its own words were not read."""


class Budget(Entry):
    """A personal budget that was asked for: the request, the decision with its reasons, and how it is paid.

    Source: Children and Families Act 2014, section 49; the Special Educational Needs (Personal Budgets) Regulations 2014.
    """

    class Occasion(models.TextChoices):
        """When it was asked for (regulation 4)."""

        DRAFT = "draft", "While a draft plan was prepared"
        REVIEW = "review", "At a review"
        REASSESSMENT = "reassessment", "At a re-assessment"

    class Decision(models.TextChoices):
        """What was decided."""

        WAITING = "waiting", "Not decided yet"
        AGREED = "agreed", "Agreed"
        PART = "part", "Agreed in part"
        REFUSED = "refused", "Refused"

    class How(models.TextChoices):
        """How it is paid (SEND Code of Practice, 9.101)."""

        DIRECT = "direct", "Direct payments"
        ARRANGED = "arranged", "Arranged by the authority or the setting"
        THIRD_PARTY = "third_party", "Paid to and managed by somebody else"
        MIXED = "mixed", "A mixture of these"

    asked_on = models.DateField()
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    decided_on = models.DateField(null=True)
    reasons = models.TextField(blank=True)
    reconsider_on = models.DateField(null=True)
    how = models.CharField(max_length=20, blank=True, choices=How.choices)
    pays_for = models.CharField(max_length=1, blank=True, choices=list(DirectPayment.labels().items()))
    provision = models.TextField(blank=True)
    amount = money()
    recipient = models.CharField(max_length=150, blank=True)
    agreed_on = models.DateField(null=True)
    setting_agreed_on = models.DateField(null=True)

    @property
    def first_review_by(self) -> date | None:
        """The last day of the first review of direct payments; None where there are none."""
        pays = self.how in (self.How.DIRECT, self.How.MIXED) and self.starts is not None
        return add_months(self.starts, FIRST_REVIEW_MONTHS) if pays else None

    def doubts(self, on: date) -> list[str]:
        """As for every entry; also direct payments without an agreement, or with no first review set in time."""
        found = super().doubts(on)
        first = self.first_review_by
        if first is None or not self.running(on):
            return found
        if self.agreed_on is None:
            found.append("Direct payments run, and no written agreement is on record.")
        if self.review_on is None:
            found.append("No review is set. The first one is due within three months of the first payment.")
        return found
