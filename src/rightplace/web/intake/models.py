"""What a request said beside the facts of its event."""

from __future__ import annotations

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Intake(Recorded):
    """How a request came, who made it and how to reach them. One for each case that began here."""

    class How(models.TextChoices):
        """How it came."""

        LETTER = "letter", "Letter or paper form"
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        IN_PERSON = "in_person", "In person"
        ONLINE = "online", "Online"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="intake")
    how = models.CharField(max_length=20, choices=How.choices)
    asked_by = models.CharField(max_length=150)
    reach = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
