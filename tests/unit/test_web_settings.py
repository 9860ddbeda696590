"""Settings of the service from the environment: the identity provider and e-mail; what cannot be is refused at the start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from rightplace.errors import UserError
from rightplace.web.settings.mail import mail as mail_settings
from rightplace.web.settings.provider import form_targets, providers


@pytest.mark.parametrize("server", ["http://sign-in.example.org", "ftp://x.example", "sign-in.example.org"])
def test_a_provider_without_https_is_refused_when_the_service_starts(server: str) -> None:
    with pytest.raises(UserError, match="HTTPS"):
        providers({"RIGHTPLACE_OIDC_SERVER": server})


def test_forms_may_lead_to_the_provider_and_nowhere_else() -> None:
    """CSP 3, form-action is also asked of where a form is sent on to."""
    assert form_targets({}) == []
    assert form_targets({"RIGHTPLACE_OIDC_SERVER": "https://id.example/tenant/v2.0"}) == ["https://id.example"]
    named = {"RIGHTPLACE_OIDC_SERVER": "https://id.example", "RIGHTPLACE_OIDC_PAGES": "https://login.example/x"}
    assert form_targets(named) == ["https://login.example"]


def test_the_service_started_with_a_provider_lets_forms_lead_there() -> None:
    """The policy of the service itself; without this a browser stops the button that leads to the provider (CSP 3, form-action)."""
    code = (
        "import json; from rightplace.web.settings import base; "
        "print(json.dumps([base.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'], base.MAIL_ON]))"
    )
    environ = {**os.environ, "RIGHTPLACE_OIDC_SERVER": "https://id.example/tenant", "RIGHTPLACE_MAIL": "console:"}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    targets, mail_on = json.loads(done.stdout)
    assert targets == ["'self'", "https://id.example"]
    assert mail_on


@pytest.mark.parametrize(
    ("address", "backend", "more"),
    [
        ("", "dummy", {"MAIL_ON": False}),
        ("console:", "console", {"MAIL_ON": True}),
        ("file:/tmp/mail", "filebased", {"EMAIL_FILE_PATH": "/tmp/mail"}),
        (
            "smtp://me:p%40ss@mail.example:2525",
            "smtp",
            {"EMAIL_PORT": 2525, "EMAIL_HOST_PASSWORD": "p@ss", "EMAIL_USE_TLS": True},
        ),
        ("smtps://mail.example", "smtp", {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}),
        ("smtp://localhost:25", "smtp", {"EMAIL_USE_TLS": False}),
    ],
)
def test_ways_to_send(address: str, backend: str, more: dict[str, Any]) -> None:
    made = mail_settings({"RIGHTPLACE_MAIL": address, "RIGHTPLACE_MAIL_FROM": "plans@marlshire.example"})
    assert f".{backend}." in made["EMAIL_BACKEND"]
    assert more.items() <= made.items()


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://", "file:"])
def test_a_way_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="not a way"):
        mail_settings({"RIGHTPLACE_MAIL": address, "RIGHTPLACE_MAIL_FROM": "a@b.example"})
    with pytest.raises(UserError, match="address they come from"):
        mail_settings({"RIGHTPLACE_MAIL": "smtp://mail.example"})
