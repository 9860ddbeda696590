"""Keys for programs, such as a school's own system."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models

from rightplace.calendar import clock

MARK: Final = "rp_"
"""How every key begins, so that one left lying in a file can be found and known for what it is."""
LONGEST: Final = timedelta(days=366)
_SEEN_EVERY: Final = timedelta(minutes=5)


def hashed(secret: str) -> str:
    """What is kept of a key: who reads the database cannot use it."""
    return sha256(secret.encode()).hexdigest()


class Key(models.Model):
    """A key with which a program reads what one account may read, within a scope, until a day.

    Only the hash of the secret is kept; the secret is shown once. It ends when its time is up, when it is ended, or when the
    account is. ``mark`` is the end of the secret, to tell keys apart by.
    """

    class Scope(models.TextChoices):
        """What may be read with it."""

        PUPILS = "pupils", "Children and young people with a plan at the school, and what the school owes"
        CASES = "cases", "Cases with their events"
        DEADLINES = "deadlines", "Deadlines"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=20, choices=Scope.choices)
    secret = models.CharField(max_length=64, unique=True)
    mark = models.CharField(max_length=4)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    until = models.DateField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]

    @classmethod
    def make(cls, user: Any, **facts: Any) -> tuple[Key, str]:
        """A new key, and its secret, which is known only now."""
        secret = MARK + secrets.token_urlsafe(32)
        made = cls.objects.create(user=user, secret=hashed(secret), mark=secret[-4:], made_at=clock.now(), **facts)
        return made, secret

    @classmethod
    def of(cls, secret: str) -> Key | None:
        """The key of a secret, where it still opens something; that it was used is kept to within five minutes."""
        found = cls.objects.select_related("user").filter(secret=hashed(secret)).first()
        if found is None or not found.works():
            return None
        if found.used_at is None or found.used_at < clock.now() - _SEEN_EVERY:
            cls.objects.filter(pk=found.pk).update(used_at=clock.now())
        return found

    def works(self) -> bool:
        """Whether it opens anything today."""
        return self.ended_at is None and self.until >= clock.today() and self.user.is_active
