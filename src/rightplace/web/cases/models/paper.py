"""Documents and messages of a case."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models

from rightplace.web.cases.models.case import Case


def hidden_name(document: Any, filename: str) -> str:
    """Where a document is kept: a name that says nothing."""
    return f"documents/{secrets.token_hex(2)}/{secrets.token_urlsafe(24)}"


class Document(models.Model):
    """A file of a case. It is only ever sent as an attachment, under ``name``, to whom the policy allows."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=hidden_name)
    for_family = models.BooleanField(default=False)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-added_at"]


class Message(models.Model):
    """A message between a family and those who work on their case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    from_family = models.BooleanField()
    sender = models.CharField(max_length=150)
    sender_id = models.BigIntegerField(null=True)
    text = models.TextField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """In the order they were sent."""

        ordering: ClassVar = ["sent_at"]
