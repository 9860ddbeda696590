"""Where somebody is placed, on what contract and at what price."""

from __future__ import annotations

from datetime import date

from django.db import models

from rightplace.vocabulary.codes import Residential
from rightplace.vocabulary.setting import SettingKind
from rightplace.web.accounts.models import Organisation
from rightplace.web.registers.models.entry import Entry, money


class Contract(Entry):
    """A place with its price a year: what the place costs, the top-up on it, and transport, each apart."""

    class Payer(models.TextChoices):
        """Who pays."""

        AUTHORITY = "authority", "This authority, from its high needs budget"
        JOINT = "joint", "This authority with health or social care"
        OTHER_AUTHORITY = "other_authority", "Another authority"
        SETTING = "setting", "The setting, from its own budget"
        FAMILY = "family", "The family"

    setting = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="contracts")
    setting_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40, choices=list(SettingKind.labels().items()))
    base = models.CharField(max_length=120, blank=True)
    residential = models.CharField(max_length=1, blank=True, choices=list(Residential.labels().items()))
    price = money()
    top_up = money()
    transport = money()
    payer = models.CharField(max_length=20, choices=Payer.choices)
    contract = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)

    @property
    def where(self) -> str:
        """The setting, with the base in it where there is one."""
        name = str(self.setting) if self.setting_id else self.setting_name
        return f"{name}, {self.base}" if self.base else name

    def doubts(self, on: date) -> list[str]:
        """As for every entry; also a price that is not known, and a contract that ended with no next one."""
        found = super().doubts(on)
        if self.running(on) and self.price is None and self.top_up is None:
            found.append("Neither the price nor the top-up is known.")
        return found
