"""What a SEN2 return said that the process has no place for, kept as it was so that the next return can say it again."""

from __future__ import annotations

from django.db import models

from rightplace.web.cases.models.case import Case


class ReturnHeader(models.Model):
    """The header of the return that was loaded: its items by name."""

    edition = models.PositiveSmallIntegerField(unique=True)
    items = models.JSONField()


class ReturnFacts(models.Model):
    """The records of one person in a return: their place in the file, and the requests with all that stands under them.

    ``items`` is {"requests": [{item: text, ..., "assessment": [...], "activeplans": [...]}, ...]} in the names of
    ``returns.sen2.layout``, missing items left out.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="returned")
    edition = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    items = models.JSONField()
