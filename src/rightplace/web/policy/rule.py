"""What a rule of the policy is. Each subject lists its own in its ``access.py``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from rightplace.web.policy.role import Role

Test = Callable[[Any, Any], str]
"""From a user and a record to the reason for a refusal, or "" when the user may.

The record is None where there is none at that address: those who may not see every record are then refused in the same
words as for one that is not theirs.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether a person may do something to a record; where not, the reason and whom to ask."""

    allowed: bool
    reason: str = ""
    ask: str = ""

    def __bool__(self) -> bool:
        """True when the person may."""
        return self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One action: in words ("open this record"), the roles that may, and what each must be to the record.

    ``roles`` maps a role to a test of the record, or to None where the role is enough. ``public``: without signing in.
    ``ask`` says who can help someone who is refused.
    """

    action: str
    words: str
    roles: Mapping[Role, Test | None] = field(default_factory=dict)
    public: bool = False
    ask: str = "Ask the person who runs Rightplace in your organisation."


def each(roles: frozenset[Role], test: Test | None = None) -> dict[Role, Test | None]:
    """The same test for several roles."""
    return dict.fromkeys(sorted(roles), test)


PUBLIC: Final = "public"
"""The action of pages that anyone may open."""
