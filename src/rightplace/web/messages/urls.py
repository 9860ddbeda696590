"""Messages: those that wait, and those of one family."""

from __future__ import annotations

from django.urls import path

from rightplace.web.messages import inbox_page, thread_page

urlpatterns = [
    path("", inbox_page.inbox, name="messages_inbox"),
    path("<slug:reference>/", thread_page.thread, name="messages"),
]
