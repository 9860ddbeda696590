"""Who helps families in this area, as pages and letters name them."""

from __future__ import annotations

from django.db import models


class AreaContact(models.Model):
    """A service that families are told of, and how to reach it. One of each kind."""

    class Kind(models.TextChoices):
        """What it helps with."""

        ADVICE = "advice", "Information, advice and support service (SENDIASS)"
        MEDIATION = "mediation", "Mediation adviser"
        DISAGREEMENT = "disagreement", "Disagreement resolution service"

    kind = models.CharField(max_length=20, choices=Kind.choices, unique=True)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    web = models.URLField(blank=True)
    hours = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        ways = (f"telephone {self.telephone}" if self.telephone else "", self.email, self.web, self.hours)
        return ", ".join(part for part in (self.name, *ways) if part)
