"""Whom advice is asked of, and who signs in to give which."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rightplace.casework.terms import Adviser
from rightplace.web.accounts.models import User
from rightplace.web.policy.role import ADVISERS, Role

GIVEN_BY: Final[Mapping[Role, Adviser]] = MappingProxyType(
    {
        Role.PSYCHOLOGIST: Adviser.PSYCHOLOGIST,
        Role.HEALTH: Adviser.HEALTH,
        Role.THERAPIST: Adviser.HEALTH,
        Role.SOCIAL_CARE: Adviser.SOCIAL_CARE,
    }
)
"""What the advice of each role usually is, in the words of regulation 6(1)."""

ALWAYS: Final = (
    Adviser.FAMILY, Adviser.EDUCATION, Adviser.HEALTH, Adviser.PSYCHOLOGIST, Adviser.SOCIAL_CARE,
)  # fmt: skip
"""Advice that every assessment must seek: SEND Regulations 2014, regulation 6(1)(a) to (e)."""

FROM_YEAR_9: Final = 9
"""From this year group, advice on preparation for adulthood too: regulation 6(1)(g)."""


def people() -> list[tuple[str, str]]:
    """Accounts that can give advice, as choices of a form."""
    rows = User.objects.filter(role__in=sorted(ADVISERS), is_active=True).select_related("organisation")
    return [
        (
            str(user.pk),
            f"{user}, {user.get_role_display().lower()}{f', {user.organisation}' if user.organisation else ''}",
        )
        for user in rows.order_by("name", "pk")
    ]
