"""Notices as a Django app: they listen to what is recorded."""

from __future__ import annotations

from django.apps import AppConfig


class Notices(AppConfig):
    """Makes a notice when another subject records something that somebody must know."""

    name = "rightplace.web.notices"

    def ready(self) -> None:
        """Listen from now on."""
        from rightplace.web.notices import hear

        hear.listen()
