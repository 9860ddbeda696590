"""Asking a web service, one request at a time: secure addresses, few redirects, sentences for failures."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Final, Protocol, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from rightplace import __version__
from rightplace.errors import UserError
from rightplace.returns.fetch.address import check_address, is_this_machine
from rightplace.returns.fetch.patience import Patience, TryAgain, asked_wait, persist

T = TypeVar("T")

MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MAY_PASS: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_AGAIN: Final = "Run the command again later; what has arrived is kept."


class NotThereError(UserError):
    """The service answers that it has nothing at this address."""


class NoAnswerError(UserError):
    """The service could not be reached, or said nothing."""


class Stream(Protocol):
    """The body of an answer."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. ``url`` is the address that gave it, after redirects."""

    url: str
    status: int
    headers: Message
    body: Stream

    @property
    def length(self) -> int | None:
        """Bytes the service says it is sending, or None when it does not say."""
        text = self.headers.get("Content-Length", "")
        return int(text) if text.isascii() and text.isdigit() else None


@dataclass(slots=True)
class Client:
    """Asks web services. Remembers a host that could not be reached, so that it is not waited for twice."""

    patience: Patience
    _lost: dict[str, NoAnswerError] = field(default_factory=dict)

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[Reply]:
        """The answer to a GET, open for reading: its status is 200, 206, 304 or 416.

        Raises ``TryAgain`` for what may pass, ``NotThereError`` for 404 and 410, ``RefusedError`` for an address or
        a redirect that is not secure and ``UserError`` for anything else.
        """
        host = urlsplit(url).netloc
        if host in self._lost:
            raise self._lost[host]
        check_address(url)
        reply, close = self._follow(url, dict(headers or {}))
        try:
            _check_status(reply)
            yield reply
        finally:
            close.close()

    def persist(self, url: str, attempt: Callable[[], T]) -> T:
        """The result of ``attempt`` on ``url``, tried with patience.

        Raises what :func:`~rightplace.returns.fetch.patience.persist` raises.
        """
        try:
            return persist(self.patience, attempt)
        except NoAnswerError as problem:
            self._lost[urlsplit(url).netloc] = problem
            raise

    def _follow(self, url: str, headers: dict[str, str]) -> tuple[Reply, http.client.HTTPResponse]:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._send(url, headers)
            if answer.status not in _REDIRECTS:
                return Reply(url=url, status=answer.status, headers=answer.headers, body=answer), answer
            target = answer.headers.get("Location")
            answer.close()
            if not target:
                raise UserError("The service sent the request on, without saying where to.", where=url, action=_AGAIN)
            target = urljoin(url, target)
            check_address(target, sent_from=url)
            url = target
        raise UserError(f"The service sent the request on more than {MOST_REDIRECTS} times.", where=url, action=_AGAIN)

    def _send(self, url: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        request = urllib.request.Request(url, headers={"User-Agent": f"rightplace/{__version__}", **headers})  # noqa: S310 - check_address() has passed it
        try:
            answer = _opener(url).open(request, timeout=self.patience.silence)
        except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
            raise _no_answer(url, error) from error
        return cast(http.client.HTTPResponse, answer)


def _opener(url: str) -> urllib.request.OpenerDirector:
    # Built by hand: the usual opener also opens files, FTP and data addresses, and follows any redirect.
    opener = urllib.request.OpenerDirector()
    proxies: dict[str, str] | None = {} if is_this_machine(urlsplit(url).hostname or "") else None
    for handler in (urllib.request.ProxyHandler(proxies), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()):
        opener.add_handler(handler)
    return opener


def _check_status(reply: Reply) -> None:
    status = reply.status
    if status in (200, 206, 304, 416):
        return
    said = f"{status} {http.client.responses.get(status, '')}".strip()
    if status in (404, 410):
        raise NotThereError(
            f"The service has nothing at this address ({said}).",
            where=reply.url,
            action="The data set may have been withdrawn or moved: look for it on the publisher's website.",
        )
    if status in _MAY_PASS:
        what = "The service is busy" if status == 429 else "The service is not working"
        problem = UserError(f"{what} ({said}).", where=reply.url, action=_AGAIN)
        raise TryAgain(problem, wait=asked_wait(reply.headers.get("Retry-After")))
    if status in (401, 403, 407):
        raise UserError(
            f"The service refuses this computer ({said}).",
            where=reply.url,
            action="Your network may need a proxy (set HTTPS_PROXY) or may block the address: ask your IT service.",
        )
    raise UserError(f"The service answered {said}, which was not expected.", where=reply.url, action=_AGAIN)


def _no_answer(url: str, error: BaseException) -> Exception:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    host = urlsplit(url).hostname
    if isinstance(reason, ssl.SSLCertVerificationError):
        return UserError(
            f"The certificate of {host} could not be checked ({reason.verify_message}).",
            where=url,
            action="A filter on your network may stand between: ask your IT service for its certificate and set SSL_CERT_FILE.",
        )
    if isinstance(reason, TimeoutError):
        return TryAgain(NoAnswerError(f"{host} did not answer in time.", where=url, action=_AGAIN))
    if isinstance(reason, socket.gaierror):
        what = f"{host} could not be found: this computer may not be connected to the internet."
    else:
        said = (reason.strerror if isinstance(reason, OSError) else None) or str(reason)
        what = f"{host} could not be reached ({said.lower()})."
    return TryAgain(NoAnswerError(what, where=url, action="Check the connection, then run the command again."))
