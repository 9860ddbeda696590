"""The subject's name in the service: Django's own messages have the plain one."""

from __future__ import annotations

from django.apps import AppConfig


class Messages(AppConfig):
    """Messages between families and those who work with them."""

    name = "rightplace.web.messages"
    label = "family_messages"
