"""Rows of the log, and the head that says how many there are and how the last is sealed."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from rightplace.errors import RefusedError


def _never(*_: Any, **__: Any) -> NoReturn:
    raise RefusedError("A row that was recorded is never changed or removed.", action="Add a row that corrects it.")


class OnlyAdded(models.QuerySet[Any]):
    """Rows that are added and read, and nothing else."""

    update = delete = bulk_update = update_or_create = _never
    update.alters_data = delete.alters_data = True


class Entry(models.Model):
    """One thing that somebody did or looked at, in words.

    People and cases are held as text, so that a case removed when its time is up leaves the history of access whole.
    ``seals`` is the seal of an event of a case, or of all events of a load, that this row vouches for.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    who_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    words = models.TextField()
    case = models.CharField(max_length=40, blank=True)
    request = models.CharField(max_length=40, blank=True)
    seals = models.CharField(max_length=64, blank=True)
    before = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = OnlyAdded.as_manager()

    class Meta:
        """Found by case and by person."""

        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["case", "number"], name="entry_of_case"),
            models.Index(fields=["who_id", "number"], name="entry_of_person"),
        ]

    delete = _never

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises ``RefusedError`` for one that is there already."""
        if not self._state.adding:
            _never()
        super().save(*args, force_insert=True, using=kwargs.get("using"))


class Head(models.Model):
    """The number and seal of the last row, and the seal before it: rows cut from the end of the log are missed by it."""

    number = models.PositiveBigIntegerField(default=0)
    before = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")
