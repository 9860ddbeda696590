"""Forecasts and plans of places that were asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Run(models.Model):
    """A forecast, or a plan of places, that somebody asked for: what was asked, how far it is, and how it ended.

    ``scenario`` is text in YAML, ``proposals`` the names of the government's proposals that were switched on, with commas between.
    ``september`` is the one to place for; ``budget_gbp`` (none: no limit) and ``promise`` (per cent of futures) are of new places,
    ``may_close`` whether bases may also be closed or halved.

    ``done`` of ``steps`` are finished of the part of the work that ``doing`` names. ``beat`` is when its worker last said
    that it lives: a run whose worker died is taken up again, and gives the same numbers. Results are files
    (:mod:`rightplace.web.planning.results`).
    """

    class Kind(models.TextChoices):
        """What is worked out."""

        FORECAST = "forecast", "Forecast"
        ENOUGH = "enough", "Whether there are enough places"
        PLACES = "places", "Places for a September"
        INVEST = "invest", "Where to add places"

    class State(models.TextChoices):
        """Where a run is."""

        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Being worked out"
        DONE = "done", "Finished"
        FAILED = "failed", "Could not be worked out"
        STOPPED = "stopped", "Stopped"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FORECAST)
    title = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    key = models.CharField(max_length=64, null=True, unique=True)
    years = models.PositiveSmallIntegerField()
    futures = models.PositiveIntegerField()
    seed = models.PositiveIntegerField(default=1)
    scenario = models.TextField(blank=True)
    proposals = models.CharField(max_length=500, blank=True)
    september = models.PositiveSmallIntegerField(null=True)
    budget_gbp = models.PositiveBigIntegerField(null=True)
    promise = models.PositiveSmallIntegerField(default=90)
    may_close = models.BooleanField(default=False)
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
    def words(self) -> str:
        """What it is, for the log: "the forecast “As things are going”"."""
        names = {
            self.Kind.FORECAST: "the forecast", self.Kind.ENOUGH: "the sufficiency of places",
            self.Kind.PLACES: "the places", self.Kind.INVEST: "the plan of new places",
        }  # fmt: skip
        return f"{names[self.Kind(self.kind)]} “{self.title}”"

    @property
    def changed(self) -> bool:
        """Whether a scenario or a proposal is laid over things as they are going."""
        return bool(self.scenario or self.proposals)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What was asked, in words: each question with its answer."""
        facts = [("What", str(self.get_kind_display()))]
        if self.september:
            facts.append(("September to place for", str(self.september)))
        else:
            facts += [("Years ahead", str(self.years)), ("Simulated futures", f"{self.futures:,}")]
        if self.kind == self.Kind.INVEST:
            facts.append(("Capital", "No limit" if self.budget_gbp is None else f"£{self.budget_gbp:,} in all"))
            facts.append(("Every child has a place in", f"{self.promise}% of futures"))
            facts.append(("Bases may be closed or halved", "Yes, year group by year group" if self.may_close else "No"))
        if self.kind != self.Kind.PLACES:
            facts.append(("Scenario", "As written" if self.scenario else "None"))
            named = self.proposals.replace("_", " ").replace(",", "; ")
            facts.append(("Proposals switched on (proposed, not law)", named or "None"))
        return facts

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.STOPPED)

    @property
    def percent(self) -> int:
        """How much of the part being done is finished."""
        return min(100, 100 * self.done // self.steps) if self.steps else 0
