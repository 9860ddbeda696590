"""Accounts and organisations."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from rightplace.web.policy.role import Role


class Organisation(models.Model):
    """A school or other setting, a trust of schools, a service that gives advice, or the authority itself.

    ``code`` is the setting's identifier as in the area record: its URN, else its UKPRN, else a local code.
    """

    class Kind(models.TextChoices):
        """What an organisation is."""

        SETTING = "setting", "School, college or other setting"
        TRUST = "trust", "Trust"
        SERVICE = "service", "Advice service"
        AUTHORITY = "authority", "Local authority"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=40, unique=True)
    trust = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="settings")
    setting_kind = models.CharField(max_length=40, blank=True)

    class Meta:
        """In the order of their names."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Someone who signs in: one role, and the organisation they work for if any.

    ``signs_in_elsewhere``: their own organisation's identity provider knows them, and asks for the second step itself.
    """

    role = models.CharField(max_length=20, choices=Role.choices)
    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    telephone = models.CharField(max_length=30, blank=True)
    signs_in_elsewhere = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name as the person gives it."""
        return self.name or self.username
