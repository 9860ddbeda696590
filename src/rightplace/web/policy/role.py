"""The roles of people who sign in. An account has one role; a person with two has two accounts."""

from __future__ import annotations

from typing import Final

from django.db import models


class Role(models.TextChoices):
    """What a person is to the service."""

    CASE_OFFICER = "case_officer", "Case officer"
    TEAM_MANAGER = "team_manager", "Team manager"
    PSYCHOLOGIST = "psychologist", "Educational psychologist"
    HEALTH = "health", "Health adviser"
    SOCIAL_CARE = "social_care", "Social care adviser"
    THERAPIST = "therapist", "Therapist"
    SCHOOL = "school", "School SENCO"
    TRUST = "trust", "Trust SENCO"
    PANEL = "panel", "Panel member"
    PLANNER = "planner", "Planner"
    PARENT = "parent", "Parent or carer"
    YOUNG_PERSON = "young_person", "Young person"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


ANYONE: Final = frozenset(Role)
OFFICERS: Final = frozenset({Role.CASE_OFFICER, Role.TEAM_MANAGER})
"""Who works the cases of the authority."""
ADVISERS: Final = frozenset({Role.PSYCHOLOGIST, Role.HEALTH, Role.SOCIAL_CARE, Role.THERAPIST})
SETTINGS: Final = frozenset({Role.SCHOOL, Role.TRUST})
FAMILY: Final = frozenset({Role.PARENT, Role.YOUNG_PERSON})
STAFF: Final = ANYONE - FAMILY
"""Everyone who signs in as part of their work."""
