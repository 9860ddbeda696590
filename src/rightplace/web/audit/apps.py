"""The audit log as a Django app: it also listens to sign-ins."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Connects the log to the signals of signing in and out."""

    name = "rightplace.web.audit"

    def ready(self) -> None:
        """Listen from now on."""
        from rightplace.web.audit import sign_ins

        sign_ins.listen()
