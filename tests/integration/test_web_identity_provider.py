"""Signing in through an identity provider, end to end: the service, a provider on loopback, and what a browser carries between.

Claims are those of OpenID Connect Core 1.0 (3.1.3.7, 5.3.2, 15.5.2), Discovery 1.0 (4.3), RFC 7636 (PKCE, appendix B has a
worked proof) and RFC 8176 (amr).
"""

from __future__ import annotations

import runpy
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from rightplace.web.accounts.models import User
from rightplace.web.settings.provider import providers

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "stub_identity.py"
_PEOPLE = runpy.run_path(str(ROOT / "tests" / "made" / "web_people.py"))
_STUB = runpy.run_path(str(TOOL))
OLU = _STUB["Person"](subject="s1", email="olu@marlshire.example", name="Olu Carter")
SOMEONE = _STUB["Person"](subject="s2", email="someone@marlshire.example", name="Someone Else")
UNSURE = _STUB["Person"](subject="s3", email="olu@marlshire.example", name="Says So", verified=False)
PASSWORD_ONLY = _STUB["Person"](subject="s4", email="olu@marlshire.example", name="Olu Carter", amr=("pwd",))
START = "/accounts/oidc/council/login/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Any]:
    cache.clear()
    with _STUB["running"]([OLU, SOMEONE, UNSURE, PASSWORD_ONLY]) as made:
        environ = {
            "RIGHTPLACE_OIDC_SERVER": made.issuer,
            "RIGHTPLACE_OIDC_CLIENT_ID": _STUB["CLIENT_ID"],
            "RIGHTPLACE_OIDC_CLIENT_SECRET": _STUB["CLIENT_SECRET"],
            "RIGHTPLACE_OIDC_NAME": "Marlshire staff",
        }
        settings.SOCIALACCOUNT_PROVIDERS = providers(environ)
        yield made


@pytest.fixture
def olu(db: None) -> User:
    user = _PEOPLE["person"]("planner", name="olu")
    user.email, user.signs_in_elsewhere = "Olu@marlshire.example", True
    user.save()
    return user


def browser() -> Client:
    """A browser that knows the service by a loopback address: the provider sends people to no other."""
    return Client(SERVER_NAME="127.0.0.1")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def leave(client: Client) -> str:
    """The address at the provider to which the button "Go on" leads."""
    assert "Go on" in client.get(START).content.decode()
    return client.post(START).headers["Location"]


def choose(address: str, person: Any) -> str:
    """Where the provider sends the browser once it knows who that is."""
    asked = urllib.request.Request(address, data=urlencode({"subject": person.subject}).encode(), method="POST")
    with pytest.raises(urllib.error.HTTPError) as sent_on:
        urllib.request.build_opener(_Stay).open(asked)
    with sent_on.value as answer:
        assert answer.code == 303, answer.read()
        return answer.headers["Location"]


def come_back(client: Client, address: str, **changed: str) -> Any:
    parts = urlsplit(address)
    return client.get(parts.path, {**dict(parse_qsl(parts.query)), **changed})


def sign_in(client: Client, person: Any) -> Any:
    return come_back(client, choose(leave(client), person))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_we_know_signs_in_and_lands_on_their_first_page(provider: Any, olu: User) -> None:
    client = browser()
    assert "Sign in with Marlshire staff" in client.get(reverse("account_login")).content.decode()
    answer = sign_in(client, OLU)
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(olu.pk)
    assert client.get(reverse("planning")).status_code == 200
    assert olu.socialaccount_set.get().uid == "s1"
    again = browser()
    sign_in(again, OLU)
    assert signed_in(again), "and a second time, now by the subject"
    assert olu.socialaccount_set.count() == 1


def test_what_is_asked_has_a_proof_a_nonce_and_a_state_each_its_own(provider: Any, olu: User) -> None:
    asked = [parse_qs(urlsplit(leave(browser())).query) for _ in range(2)]
    for one in asked:
        assert one["response_type"] == ["code"]
        assert one["code_challenge_method"] == ["S256"]
        assert {"openid", "email"} <= set(one["scope"][0].split())
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


@pytest.mark.parametrize("who", [SOMEONE, UNSURE])
def test_an_unknown_or_unverified_person_is_refused_in_words(provider: Any, olu: User, who: Any) -> None:
    client = browser()
    answer = sign_in(client, who)
    assert answer.headers["Location"] == reverse("account_login")
    assert not signed_in(client)
    assert "Nobody has made you an account here yet" in client.get(answer.headers["Location"]).content.decode()
    assert User.objects.count() == 1


def test_an_account_that_signs_in_with_a_password_is_not_opened_by_the_provider(provider: Any, olu: User) -> None:
    User.objects.update(signs_in_elsewhere=False)
    client = browser()
    sign_in(client, OLU)
    assert not signed_in(client)


def test_a_person_switched_off_is_refused_at_first_and_after(provider: Any, olu: User) -> None:
    first = browser()
    sign_in(first, OLU)
    assert signed_in(first)
    User.objects.update(is_active=False)
    second = browser()
    assert sign_in(second, OLU).headers["Location"] == reverse("account_inactive")
    assert not signed_in(second)
    assert first.get("/").headers["Location"].startswith(reverse("account_login")), "who was in is out"
    olu.socialaccount_set.all().delete()
    third = browser()
    sign_in(third, OLU)
    assert not signed_in(third)


def test_an_account_tied_before_no_longer_opens_once_it_has_a_password_of_its_own(provider: Any, olu: User) -> None:
    sign_in(browser(), OLU)
    User.objects.update(signs_in_elsewhere=False)
    client = browser()
    assert sign_in(client, OLU).headers["Location"] == reverse("account_login")
    assert not signed_in(client)


def test_a_state_that_is_not_ours_is_refused(provider: Any, olu: User) -> None:
    client = browser()
    answer = come_back(client, choose(leave(client), OLU), state="made-up")
    assert answer.status_code == 401
    assert not signed_in(client)
    other = browser()
    assert come_back(other, choose(leave(client), OLU)).status_code == 401, "nor one of another browser"
    assert not signed_in(other)


def test_a_nonce_that_is_not_of_this_session_is_refused(provider: Any, olu: User) -> None:
    """Somebody on the way changes the nonce: the provider signs what it was asked, and the session does not know it."""
    client = browser()
    address = leave(client)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    for other in ("another", ""):
        answer = come_back(client, choose(address.replace(nonce, other), OLU))
        assert answer.status_code == 401
        assert "answer that we could not use" in answer.content.decode()
        assert not signed_in(client)
        address = leave(client)
        nonce = parse_qs(urlsplit(address).query)["nonce"][0]


def test_a_code_of_somebody_elses_sign_in_is_refused(provider: Any, olu: User) -> None:
    """Code injection (RFC 9700, 4.5): the code was proved with another session's secret."""
    attacker, victim = browser(), browser()
    stolen = parse_qs(urlsplit(choose(leave(victim), OLU)).query)["code"][0]
    answer = come_back(attacker, choose(leave(attacker), SOMEONE), code=stolen)
    assert answer.status_code == 401
    assert not signed_in(attacker)


def test_a_code_counts_once(provider: Any, olu: User) -> None:
    client = browser()
    address = choose(leave(client), OLU)
    come_back(client, address)
    assert signed_in(client)
    other = browser()
    leave(other)
    assert come_back(other, address).status_code == 401


def test_a_token_signed_with_another_key_is_refused(provider: Any, olu: User) -> None:
    published = provider.jwks()
    provider.jwks = lambda: published
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = browser()
    assert sign_in(client, OLU).status_code == 401
    assert not signed_in(client)


@pytest.mark.parametrize("changed", [{"aud": "another-client"}, {"iss": "https://elsewhere.example"}, {"exp": 1}])
def test_a_token_for_another_service_of_another_issuer_or_out_of_time_is_refused(
    provider: Any, olu: User, changed: dict[str, Any]
) -> None:
    real = provider.identity

    def identity(person: Any, nonce: str) -> str:
        claims = jwt.decode(real(person, nonce), options={"verify_signature": False})
        return jwt.encode({**claims, **changed}, provider.key, algorithm="RS256", headers={"kid": "stub"})

    provider.identity = identity
    client = browser()
    assert sign_in(client, OLU).status_code == 401
    assert not signed_in(client)


def test_userinfo_of_another_person_than_the_token_is_refused(provider: Any, olu: User) -> None:
    """Core 1.0, 5.3.2: the two subjects must be the same."""
    provider.about = lambda person: {"sub": "s1", "email": OLU.email, "email_verified": True, "name": "Olu"}
    provider.identity = lambda person, nonce: jwt.encode(
        {"iss": provider.issuer, "aud": "rightplace", "iat": 0, "exp": 9_999_999_999, "nonce": nonce, "sub": "s2"},
        provider.key, algorithm="RS256", headers={"kid": "stub"},
    )  # fmt: skip
    client = browser()
    assert sign_in(client, SOMEONE).status_code == 401
    assert not signed_in(client)


def test_a_second_step_is_the_providers_and_can_be_asked_to_be_shown(provider: Any, olu: User, settings: Any) -> None:
    settings.MFA_REQUIRED_OF_STAFF = True
    trusted = browser()
    sign_in(trusted, PASSWORD_ONLY)
    assert trusted.get(reverse("planning")).status_code == 200, "the provider's own rules hold"
    olu.socialaccount_set.all().delete()
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["amr"] = ["mfa", "hwk"]
    strict = browser()
    assert sign_in(strict, PASSWORD_ONLY).status_code == 401
    assert not signed_in(strict)
    assert sign_in(strict, OLU).status_code == 302
    assert signed_in(strict)


def test_a_provider_that_cannot_be_reached_gives_a_page_that_says_so(olu: User, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers({"RIGHTPLACE_OIDC_SERVER": "http://127.0.0.1:9"})
    answer = browser().post(START)
    assert answer.status_code == 401
    assert "Try again" in answer.content.decode()


def test_a_discovery_document_of_another_issuer_is_refused(provider: Any, olu: User) -> None:
    provider.issuer = "http://127.0.0.1:1"
    assert browser().post(START).status_code == 401


def test_the_stub_is_not_started_where_others_could_reach_it() -> None:
    for host in ("0.0.0.0", "192.0.2.1", "example.org"):
        done = subprocess.run(
            [sys.executable, str(TOOL), "--host", host, "--person", "a@b.example=A"], capture_output=True, text=True
        )
        assert done.returncode == 4
        assert "loopback" in done.stderr


def test_the_stub_checks_the_proof_as_rfc_7636_works_it_out() -> None:
    """RFC 7636, appendix B: this verifier and this challenge belong together."""
    made = _STUB["Provider"](people={"s1": OLU}, issuer="http://127.0.0.1")
    asked = {
        "client_id": "rightplace", "redirect_uri": "http://127.0.0.1/back",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    }  # fmt: skip
    sent = {"client_id": "rightplace", "client_secret": _STUB["CLIENT_SECRET"], "redirect_uri": asked["redirect_uri"]}
    for verifier, good in (("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", True), ("another", False)):
        code = parse_qs(urlsplit(made.grant(asked, "s1")).query)["code"][0]
        assert (made.redeem({**sent, "code": code, "code_verifier": verifier}) is not None) == good
