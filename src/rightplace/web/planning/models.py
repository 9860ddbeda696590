"""Forecasts that were asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Run(models.Model):
    """A forecast that somebody asked for: what was asked, how far it is, and how it ended.

    ``done`` of ``steps`` are finished of the part of the work that ``doing`` names. ``beat`` is when its worker last said
    that it lives: a run whose worker died is taken up again, and gives the same numbers. Results are files
    (:mod:`rightplace.web.planning.results`).
    """

    class State(models.TextChoices):
        """Where a run is."""

        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Being worked out"
        DONE = "done", "Finished"
        FAILED = "failed", "Could not be worked out"
        STOPPED = "stopped", "Stopped"

    title = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    key = models.CharField(max_length=64, null=True, unique=True)
    years = models.PositiveSmallIntegerField()
    futures = models.PositiveIntegerField()
    seed = models.PositiveIntegerField(default=1)
    scenario = models.TextField(blank=True)
    area = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    doing = models.CharField(max_length=120, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    steps = models.PositiveBigIntegerField(default=0)
    beat = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)

    class Meta:
        """The newest first; one at a time, however many workers there are."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="running"), name="one_run_at_a_time")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.STOPPED)

    @property
    def percent(self) -> int:
        """How much of the part being done is finished."""
        return min(100, 100 * self.done // self.steps) if self.steps else 0
