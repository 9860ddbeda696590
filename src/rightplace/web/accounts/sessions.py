"""Sessions in the database, as Django keeps them, found by one statement that is the same on every page.

Django puts each question to the database into words anew; every page asks for its session, and this one needs no new words.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is found."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where there is none, or its time is over."""
        rows = self.model.objects.raw("SELECT * FROM django_session WHERE session_key = %s", [self.session_key])
        found = next(iter(rows), None)
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(found.session_data)
