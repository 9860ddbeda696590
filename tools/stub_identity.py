"""An identity provider for development: OpenID Connect on this machine alone, where anyone may say who they are.

    python tools/stub_identity.py --person olu@marlshire.example="Olu Carter"

It asks nobody for a password. So it listens on a loopback address only, sends people back to loopback addresses only, and is
no part of the installed package. What it speaks: OpenID Connect Core 1.0 and Discovery 1.0, the authorization code flow with
PKCE (RFC 7636, S256), identity tokens signed with RS256. Each start makes a new key and a new issuer.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html
import ipaddress
import json
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "rightplace", "development only"
LIVES = 300


@dataclass(frozen=True)
class Person:
    """Somebody whom the stub vouches for; ``amr`` says how they proved it (RFC 8176)."""

    subject: str
    email: str
    name: str
    verified: bool = True
    amr: tuple[str, ...] = ("pwd", "mfa")


@dataclass
class Provider:
    """What the provider knows: its people, its key, and the codes and tokens it gave."""

    people: dict[str, Person]
    issuer: str = ""
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def discovery(self) -> dict[str, object]:
        """The document at ``/.well-known/openid-configuration`` (Discovery 1.0, section 3)."""
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/jwks",
            **{f"{name}_endpoint": f"{self.issuer}/{place}" for name, place in places.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def jwks(self) -> dict[str, object]:
        """The public key (RFC 7517)."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "stub", "use": "sig", "alg": "RS256"}]}

    def wrong(self, asked: dict[str, str]) -> str:
        """What is wrong with a request to sign somebody in; "" where nothing is."""
        if asked.get("client_id") != CLIENT_ID or asked.get("response_type") != "code":
            return "This is not a client that the stub knows."
        if not is_loopback(urlsplit(asked.get("redirect_uri", "")).hostname or ""):
            return "The stub sends people back to addresses on this machine only."
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return "The stub asks for PKCE with S256."
        return ""

    def grant(self, asked: dict[str, str], subject: str) -> str:
        """The address to send the browser back to, with a code for one person."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = {**asked, "subject": subject, "until": str(time.time() + LIVES)}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}"

    def redeem(self, sent: dict[str, str]) -> dict[str, object] | None:
        """Tokens for a code, once (RFC 6749, 4.1.2); None where the client, the address or the proof does not fit."""
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or float(asked["until"]) < time.time():
            return None
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        fits = (
            (sent.get("client_id"), sent.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
            and sent.get("redirect_uri") == asked["redirect_uri"]
            and proof.rstrip(b"=").decode() == asked["code_challenge"]
        )
        if not fits:
            return None
        access = secrets.token_urlsafe(24)
        self.tokens[access] = asked["subject"]
        identity = self.identity(self.people[asked["subject"]], asked.get("nonce", ""))
        return {"access_token": access, "token_type": "Bearer", "expires_in": LIVES, "id_token": identity}

    def identity(self, person: Person, nonce: str) -> str:
        """An identity token of a person (Core 1.0, section 2)."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + LIVES, "amr": list(person.amr)}
        said = {**claims, **self.about(person), **({"nonce": nonce} if nonce else {})}
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "stub"})

    @staticmethod
    def about(person: Person) -> dict[str, object]:
        """What ``/userinfo`` says of a person."""
        return {"sub": person.subject, "email": person.email, "email_verified": person.verified, "name": person.name}


class Answering(BaseHTTPRequestHandler):
    """The addresses of the provider."""

    provider: Provider

    def do_GET(self) -> None:
        """Discovery, keys, who somebody is, and the page that asks who you are."""
        at = urlsplit(self.path)
        if at.path == "/.well-known/openid-configuration":
            return self.json(self.provider.discovery())
        if at.path == "/jwks":
            return self.json(self.provider.jwks())
        if at.path == "/userinfo":
            subject = self.provider.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            known = subject is not None
            return self.json(self.provider.about(self.provider.people[subject]) if known else {}, 200 if known else 401)
        if at.path == "/authorize":
            return self.ask(dict(parse_qsl(at.query)))
        return self.json({"error": "not_found"}, 404)

    def do_POST(self) -> None:
        """A person was chosen, or a code is changed for tokens."""
        sent = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))
        at = urlsplit(self.path)
        if at.path == "/token":
            made = self.provider.redeem(sent)
            return self.json(made or {"error": "invalid_grant"}, 200 if made else 400)
        asked = dict(parse_qsl(at.query))
        if at.path != "/authorize" or self.provider.wrong(asked) or sent.get("subject") not in self.provider.people:
            return self.json({"error": "invalid_request"}, 400)
        self.send_response(303)
        self.send_header("Location", self.provider.grant(asked, sent["subject"]))
        self.end_headers()
        return None

    def ask(self, asked: dict[str, str]) -> None:
        """The page on which you say who you are."""
        wrong = self.provider.wrong(asked)
        buttons = "".join(
            f'<p><button name="subject" value="{html.escape(one.subject)}">{html.escape(f"{one.name} ({one.email})")}</button></p>'
            for one in self.provider.people.values()
        )
        body = f"<p>{wrong}</p>" if wrong else f'<form method="post">{buttons}</form>'
        page = f'<!DOCTYPE html><html lang="en"><title>Who are you?</title><h1>Who are you?</h1><p>For development only.</p>{body}'
        self.whole(page.encode(), "text/html; charset=utf-8", 400 if wrong else 200)

    def json(self, said: object, status: int = 200) -> None:
        """An answer in JSON."""
        self.whole(json.dumps(said).encode(), "application/json", status)

    def whole(self, body: bytes, kind: str, status: int) -> None:
        """An answer with its length."""
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request: a code stands in its address."""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and no other can reach it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def running(people: Iterable[Person], *, host: str = "127.0.0.1", port: int = 0) -> Iterator[Provider]:
    """The provider, answering until the block ends. Raises ``ValueError`` for a host that others could reach."""
    if not is_loopback(host):
        raise ValueError(
            f"The stub vouches for anyone, so it listens on loopback addresses only, and {host} is not one."
        )
    provider = Provider(people={one.subject: one for one in people})
    handler = type("Handler", (Answering,), {"provider": provider})
    with ThreadingHTTPServer((host, port), handler) as server:
        provider.issuer = f"http://{host}:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def main(words: list[str] | None = None) -> int:
    """Run until Ctrl-C. Exit codes: 0 stopped, 2 usage, 4 refused."""
    parser = argparse.ArgumentParser(description="An identity provider for development, on this machine alone.")
    parser.add_argument("--host", default="127.0.0.1", help="A loopback address")
    parser.add_argument("--port", type=int, default=9400)
    parser.add_argument("--person", action="append", required=True, metavar="EMAIL=NAME", help="May be given again")
    given = parser.parse_args(words)
    pairs = [one.partition("=") for one in given.person]
    people = [Person(subject=f"stub-{email}", email=email, name=name or email) for email, _, name in pairs]
    try:
        with running(people, host=given.host, port=given.port) as provider:
            sys.stdout.write(
                f"For development only: whoever opens it may be anyone.\nRIGHTPLACE_OIDC_SERVER={provider.issuer}\n"
                f"RIGHTPLACE_OIDC_CLIENT_ID={CLIENT_ID}\nRIGHTPLACE_OIDC_CLIENT_SECRET='{CLIENT_SECRET}'\n"
            )
            sys.stdout.flush()
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        return 0
    except (ValueError, OSError) as refused:
        sys.stderr.write(f"The stub was not started. {refused}\n")
        return 4


if __name__ == "__main__":
    raise SystemExit(main())
