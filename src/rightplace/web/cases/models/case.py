"""A person, their case, who is linked to it, and the deadlines that are open."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rightplace.web.accounts.models import Organisation


class Person(models.Model):
    """A child or young person, with what the SEN2 return says of them (codes as in the return)."""

    surname = models.CharField(max_length=80, blank=True)
    forename = models.CharField(max_length=80, blank=True)
    born = models.DateField(null=True)
    sex = models.CharField(max_length=2, blank=True)
    ethnicity = models.CharField(max_length=8, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    upn = models.CharField(max_length=20, blank=True, db_index=True)
    uln = models.CharField(max_length=20, blank=True)
    upn_unknown = models.CharField(max_length=6, blank=True)
    family = models.CharField(max_length=40, blank=True)

    class Meta:
        """Found by name."""

        indexes: ClassVar = [models.Index(fields=["surname", "forename"], name="person_by_name")]

    def __str__(self) -> str:
        return called(self.forename, self.surname)


def called(forename: str, surname: str) -> str:
    """The name of a person in a line."""
    return f"{forename} {surname}".strip() or "Name not given"


class Case(models.Model):
    """A case. Its truth is its events; what stands below the line is worked out from them after each, for quick lists.

    ``version`` is the number of the last event: who records the next one says which version they saw. ``holders`` are
    ``casework.terms.Owner`` codes between commas (",authority,adviser,"). ``parent_until`` is the last day on which the
    rights are the parent's. ``setting`` is where the person is now.
    """

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    setting = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    need = models.CharField(max_length=8, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Worked out from the events:
    stage = models.CharField(max_length=200, blank=True)
    plan_state = models.CharField(max_length=30, blank=True, db_index=True)
    review_state = models.CharField(max_length=30, blank=True)
    reassessment_state = models.CharField(max_length=30, blank=True)
    dispute_state = models.CharField(max_length=30, blank=True)
    ended = models.BooleanField(default=False)
    holders = models.CharField(max_length=120, blank=True)
    next_due = models.DateField(null=True)
    parent_until = models.DateField(null=True)
    last_event_on = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        """Work lists ask for an officer's open cases by the next date."""

        indexes: ClassVar = [
            models.Index(fields=["officer", "ended", "next_due"], name="case_work"),
            models.Index(fields=["setting", "ended"], name="case_setting"),
            models.Index(fields=["person"], condition=models.Q(ended=False), name="case_open_of_person"),
        ]

    def __str__(self) -> str:
        return self.reference


class Link(models.Model):
    """That an account stands in some relation to a case, from a day and perhaps until one.

    ``kept``: a parent goes on seeing the record after the rights passed, because the young person agreed or cannot decide;
    ``note`` says which, and who recorded it.
    """

    class Kind(models.TextChoices):
        """What the person is to the case."""

        PARENT = "parent", "Parent or carer of"
        YOUNG_PERSON = "young_person", "Is the young person"
        ADVISER = "adviser", "Asked for advice"
        PANEL = "panel", "On the panel that hears it"
        SETTING_ASKED = "setting_asked", "Setting asked for a place"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    kept = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        """A person's own links are asked for on every page."""

        indexes: ClassVar = [
            models.Index(fields=["user", "kind"], name="link_of_user"),
            models.Index(fields=["organisation", "kind"], name="link_of_setting"),
        ]


class OpenDeadline(models.Model):
    """A deadline of a case that is running or overdue: worked out from the events, for lists."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="open_deadlines")
    rule = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=20)
    duty = models.BooleanField()
    excused = models.BooleanField(default=False)
    started = models.DateField()
    due = models.DateField(null=True)

    class Meta:
        """By the day they are due; the duties of a case by who owes them."""

        ordering: ClassVar = ["due"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due"], name="open_by_owner"),
            models.Index(
                fields=["case", "owner", "due"],
                condition=models.Q(duty=True, excused=False, due__isnull=False),
                name="open_duty_of_case",
            ),
        ]
