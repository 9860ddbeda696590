"""Signing in: passwords, lock-out, the second step of staff, and an identity provider that only vouches for people we know."""

from __future__ import annotations

import base64
import hashlib
import hmac
import runpy
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from rightplace.web.accounts.adapter import KnownPeopleOnly
from rightplace.web.audit.models import Entry

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def _try(client: Client, user: str, password: str) -> Any:
    return client.post(LOGIN, {"login": user, "password": password})


def test_the_right_password_lets_in_and_both_ends_are_noted(db: None) -> None:
    _PEOPLE["person"]("planner")
    client = Client()
    assert _try(client, "planner", _PEOPLE["PASSWORD"]).status_code == 302
    assert client.get(reverse("planning")).status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302
    assert list(Entry.objects.order_by("number").values_list("action", flat=True)) == ["sign_in", "sign_out"]


def test_a_wrong_password_says_so_without_telling_which_was_wrong(db: None) -> None:
    _PEOPLE["person"]("planner")
    wrong = _try(Client(), "planner", "not it at all").content.decode()
    unknown = _try(Client(), "nobody", "not it at all").content.decode()
    said = "The user name or the password is not right."
    assert said in wrong
    assert said in unknown


def test_five_wrong_tries_lock_the_name_out_even_for_the_right_password(db: None) -> None:
    _PEOPLE["person"]("planner")
    client = Client()
    for _ in range(5):
        _try(client, "planner", "not it at all")
    locked = _try(client, "planner", _PEOPLE["PASSWORD"])
    assert locked.status_code == 200
    assert "too many tries" in locked.content.decode()
    assert client.get("/").status_code == 302
    _PEOPLE["person"]("auditor")
    assert _try(client, "auditor", _PEOPLE["PASSWORD"]).status_code == 302, "others are not locked out"


def _code(secret: str) -> str:
    """RFC 6238: the code of a key at this moment, worked out with nothing but hmac."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def _sure(client: Client, name: str) -> Any:
    """A page that asks for the password again before it shows."""
    asked = client.get(reverse(name))
    assert asked.status_code == 302, name
    assert client.get(asked.headers["Location"]).status_code == 200
    back = client.post(asked.headers["Location"], {"password": _PEOPLE["PASSWORD"]})
    assert back.headers["Location"] == reverse(name)
    return client.get(reverse(name))


def test_staff_must_set_up_a_second_step_and_then_use_it(db: None, settings: Any) -> None:
    settings.MFA_REQUIRED_OF_STAFF = True
    user = _PEOPLE["person"]("planner")
    client = Client()
    _try(client, "planner", _PEOPLE["PASSWORD"])
    assert client.get("/").headers["Location"] == reverse("mfa_activate_totp")
    page = _sure(client, "mfa_activate_totp").content.decode()
    secret = page.split('<span class="rp-codes">')[1].split("<")[0]
    assert client.post(reverse("mfa_activate_totp"), {"code": _code(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert client.get(reverse("planning")).status_code == 200
    again = Client()
    sent_on = _try(again, "planner", _PEOPLE["PASSWORD"])
    assert sent_on.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert again.get("/").status_code == 302, "the password alone does not let in"


def test_a_family_is_not_made_to_use_a_second_step(db: None, settings: Any) -> None:
    settings.MFA_REQUIRED_OF_STAFF = True
    client = _PEOPLE["signed_in"](_PEOPLE["person"]("parent"))
    assert client.get(reverse("family")).status_code == 200


def test_pages_of_the_second_step_show(db: None) -> None:
    user = _PEOPLE["person"]("planner")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    sent_on = _try(client, "planner", _PEOPLE["PASSWORD"])
    page = client.get(sent_on.headers["Location"])
    assert "Enter the code from your app" in page.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": _code("JBSWY3DPEHPK3PXP")}).status_code == 302
    assert _sure(client, "mfa_deactivate_totp").status_code == 200
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "account_change_password"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012345"])
def test_weak_passwords_are_refused(weak: str) -> None:
    """Too short, on the list of common ones, digits only: NCSC and NIST SP 800-63B, section 5.1.1.2."""
    with pytest.raises(ValidationError):
        validate_password(weak)


def test_nobody_can_sign_themselves_up(db: None) -> None:
    assert Client().get("/accounts/signup/").status_code == 404


class _Vouched:
    """What an identity provider says of someone, as the sign-in library hands it on."""

    def __init__(self, address: str, *, verified: bool) -> None:
        self.is_existing = False
        self.email_addresses = [type("Address", (), {"email": address, "verified": verified})()]
        self.tied_to: Any = None

    def connect(self, request: Any, user: Any) -> None:
        self.tied_to = user


@pytest.mark.parametrize(
    ("address", "verified", "elsewhere", "let_in"),
    [
        ("olu@marlshire.example", True, True, True),
        ("OLU@marlshire.example", True, True, True),
        ("olu@marlshire.example", False, True, False),
        ("olu@marlshire.example", True, False, False),
        ("else@marlshire.example", True, True, False),
    ],
)
def test_a_provider_vouches_only_for_people_whose_account_was_made(
    db: None, address: str, verified: bool, elsewhere: bool, let_in: bool
) -> None:
    user = _PEOPLE["person"]("planner")
    user.email, user.signs_in_elsewhere = "olu@marlshire.example", elsewhere
    user.save()
    vouched = _Vouched(address, verified=verified)
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = type("Box", (), {"add": lambda *_: None})()  # type: ignore[attr-defined]
    if let_in:
        KnownPeopleOnly().pre_social_login(request, vouched)
        assert vouched.tied_to == user
    else:
        with pytest.raises(ImmediateHttpResponse):
            KnownPeopleOnly().pre_social_login(request, vouched)
        assert vouched.tied_to is None


def test_a_form_from_elsewhere_is_refused_in_plain_words(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post(LOGIN, {"login": "planner", "password": "x"})
    assert page.status_code == 403
    assert "open for too long" in page.content.decode()
