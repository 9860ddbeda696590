"""Making and changing accounts. Each change is one transaction with its row in the log."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from rightplace.web.accounts.models import User
from rightplace.web.audit import log
from rightplace.web.policy.role import Role

FACTS: Final = ("name", "role", "organisation", "email", "telephone", "signs_in_elsewhere")


def add(facts: Mapping[str, Any], *, by: Any) -> tuple[User, str]:
    """A new account and its first password; "" where the person signs in elsewhere."""
    password = "" if facts["signs_in_elsewhere"] else secrets.token_urlsafe(12)
    with transaction.atomic():
        user = User(username=facts["username"], **{name: facts[name] for name in FACTS})
        user.set_password(password or None)
        user.save()
        log.add(who=by, action="accounts", words=f"Made the account {user.username} for {user}: {_role(user.role)}.")
    return user, password


def change(user: User, facts: Mapping[str, Any], *, by: Any) -> list[str]:
    """Set the facts of an account, and give what changed in words; nothing is done where nothing did."""
    changed = [name for name in FACTS if getattr(user, name) != facts[name]]
    if not changed:
        return []
    said = [_said(user, name, facts[name]) for name in changed]
    with transaction.atomic():
        for name in changed:
            setattr(user, name, facts[name])
        user.save(update_fields=changed)
        log.add(who=by, action="accounts", words=f"Changed the account {user.username}: {'; '.join(said)}.")
    return said


def set_active(user: User, *, active: bool, by: Any) -> None:
    """End an account, or open it again. Who is signed in with an account that ends is out at their next step."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=active)
        words = "Opened" if active else "Ended"
        log.add(who=by, action="accounts", words=f"{words} the account {user.username} of {user}.")


def new_password(user: User, *, by: Any) -> str:
    """A new password, given once. Whoever is signed in with the old one is out."""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        log.add(who=by, action="accounts", words=f"Gave the account {user.username} a new password.")
    return password


def forget_second_step(user: User, *, by: Any) -> None:
    """Take away the second step of somebody who lost it; they set up a new one when they next sign in."""
    with transaction.atomic():
        user.authenticator_set.all().delete()
        log.add(who=by, action="accounts", words=f"Took away the second step of the account {user.username}.")


def _role(code: str) -> str:
    return Role(code).label.lower()


def _said(user: User, name: str, new: Any) -> str:
    if name == "role":
        return f"role from {_role(user.role)} to {_role(new)}"
    return f"{name.replace('_', ' ')} from “{getattr(user, name) or 'none'}” to “{new or 'none'}”"
