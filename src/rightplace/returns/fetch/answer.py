"""Reading the JSON answers of a web service, page by page."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from rightplace.errors import DataError
from rightplace.returns.fetch.client import Client, Reply
from rightplace.returns.fetch.patience import TryAgain

LARGEST: Final = 10_000_000
MOST_PAGES: Final = 200

Record = Mapping[str, Any]


def ask(client: Client, url: str, parameters: Mapping[str, str | int] | None = None) -> Record:
    """The JSON object that ``url`` answers.

    Raises ``UserError`` where there is no answer and ``DataError`` where it is not a JSON object.
    """
    full = f"{url}?{urlencode(parameters)}" if parameters else url

    def attempt() -> bytes:
        with client.get(full, {"Accept": "application/json", "Accept-Encoding": "gzip"}) as reply:
            return _body(reply)

    body = client.persist(full, attempt)
    try:
        read = json.loads(body)
    except ValueError:
        raise DataError(
            "The service did not send the list that was asked for.",
            where=full,
            action="Open the address in a browser: it may show a notice from the publisher or from your own network.",
        ) from None
    if not isinstance(read, dict):
        raise unknown_shape(full)
    return read


def pages(client: Client, url: str, parameters: Mapping[str, str | int], size: int) -> Iterator[Record]:
    """Every result of a list that comes in pages of at most ``size``.

    Raises what :func:`ask` raises.
    """
    for page in range(1, MOST_PAGES + 1):
        answer = ask(client, url, {**parameters, "page": page, "pageSize": size})
        try:
            results, last = list(answer["results"]), int(answer["paging"]["totalPages"])
        except (KeyError, TypeError, ValueError):
            raise unknown_shape(url) from None
        yield from results
        if page >= last or not results:
            return


def unknown_shape(url: str) -> DataError:
    """The failure to say when an answer is not laid out as the service's documentation says."""
    return DataError(
        "The service answered in a form that is not known.",
        where=url,
        action="Look for a newer version of Rightplace, or tell its makers.",
    )


def _body(reply: Reply) -> bytes:
    body = b""
    try:
        while len(body) <= LARGEST and (chunk := reply.body.read(1 << 16)):
            body += chunk
        if body[:2] == b"\x1f\x8b":
            body = _unzip(body)
    except (OSError, EOFError, zlib.error) as error:
        problem = DataError("The answer broke off.", where=reply.url, action="Run the command again.")
        raise TryAgain(problem) from error
    if len(body) > LARGEST:
        raise unknown_shape(reply.url)
    return body


def _unzip(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    out = unpacker.decompress(body, LARGEST + 1)
    if not unpacker.eof and len(out) <= LARGEST:
        raise gzip.BadGzipFile("cut short")
    return out
