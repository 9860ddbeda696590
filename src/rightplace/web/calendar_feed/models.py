"""The secret address of a person's feed."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models

from rightplace.calendar import clock


def hashed(secret: str) -> str:
    """What is kept of a secret: who reads the database cannot open the feed with it."""
    return sha256(secret.encode()).hexdigest()


class Feed(models.Model):
    """That a person has a feed. Its address holds a secret, of which only the hash is kept; a new one ends the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed")
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    @classmethod
    def renewed(cls, user: Any) -> str:
        """A new secret for a person, given once; an earlier one no longer opens anything."""
        secret = secrets.token_urlsafe(32)
        facts = {"secret": hashed(secret), "made_at": clock.now(), "read_at": None}
        cls.objects.update_or_create(user=user, defaults=facts)
        return secret
