"""Text that was begun and not sent."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Kept(models.Model):
    """What one person has entered in the form of one address, as the browser sent it; gone once the form is sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept")
    address = models.CharField(max_length=200)
    entered = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        """One text for each person and form."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "address"], name="one_text_kept_of_each_form")]
