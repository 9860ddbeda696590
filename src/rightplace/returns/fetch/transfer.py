"""Bringing one file: carried on from where it stopped, never more than it may be, and whole."""

from __future__ import annotations

import errno
import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rightplace.errors import DataError, UserError
from rightplace.returns.fetch.client import Client, Reply
from rightplace.returns.fetch.partial import Note, Partial, Validators
from rightplace.returns.fetch.patience import TryAgain

CHUNK: Final = 1 << 16
Watch = Callable[[int, int | None], None]
"""Called with the bytes that are here and the bytes there will be (None when not known). May raise to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A file that has arrived, still as it was sent. ``coding`` is its Content-Encoding, "" for none."""

    path: Path
    coding: str
    validators: Validators


def bring(
    client: Client, url: str, target: Path, *, largest: int, known: Validators | None, watch: Watch
) -> Transfer | None:
    """Bring ``url`` to a part file beside ``target``, or None when it is the version with the validators ``known``.

    A part kept from before is carried on when the service says that its version is still the same; otherwise the
    transfer starts again. ``largest`` is the most bytes that may be sent.

    Raises ``UserError`` where it cannot be brought (the part is kept) and ``DataError`` where what is sent is not
    the file.
    """
    partial = Partial(target)

    def attempt() -> Transfer | None:
        return _attempt(client, url, partial, largest=largest, known=known, watch=watch)

    return client.persist(url, attempt)


def _attempt(
    client: Client, url: str, partial: Partial, *, largest: int, known: Validators | None, watch: Watch
) -> Transfer | None:
    note = partial.note()
    resumed = note if note is not None and note.url == url and note.validators.for_range and partial.size else None
    headers = {"Accept-Encoding": "gzip"}
    if resumed is not None:
        headers |= {"Range": f"bytes={partial.size}-", "If-Range": resumed.validators.for_range}
    elif known is not None:
        headers |= known.conditions
    with client.get(url, headers) as reply:
        if reply.status == 304:
            return None
        if resumed is not None and _is_all_here(reply, resumed, partial):
            return Transfer(path=partial.path, coding=resumed.coding, validators=resumed.validators)
        if resumed is None or reply.status != 206:
            resumed = _begin(reply, url, partial, largest)
        elif not _carries_on(reply, resumed, partial):
            partial.discard()
            raise TryAgain(UserError("The service sent a part of the file that was not asked for.", where=url), wait=0)
        _receive(client, reply, partial, resumed, largest=largest, watch=watch)
    return Transfer(path=partial.path, coding=resumed.coding, validators=resumed.validators)


def _begin(reply: Reply, url: str, partial: Partial, largest: int) -> Note:
    if reply.status != 200:
        # 416, or a 206 that was not asked for: what is here is not part of what is there.
        partial.discard()
        raise TryAgain(UserError("The service could not send the rest of the file.", where=url), wait=0)
    kind = reply.headers.get_content_type() if "Content-Type" in reply.headers else ""
    if kind == "text/html":
        raise not_the_file("a web page", url)
    if reply.length is not None and reply.length > largest:
        raise _too_large(url, largest)
    coding = reply.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise DataError(f"The file was sent in a coding that is not known ({coding}).", where=url, action=_REPORT)
    coding = "gzip" if coding.endswith("gzip") else ""
    note = Note(url=url, validators=Validators.of(reply.headers), coding=coding)
    with _disk(partial):
        partial.start(note)
    return note


def _is_all_here(reply: Reply, note: Note, partial: Partial) -> bool:
    # "416, bytes */size" is the answer to asking for what follows the last byte (RFC 9110 section 15.5.17).
    same = Validators.of(reply.headers).for_range == note.validators.for_range
    return reply.status == 416 and same and reply.headers.get("Content-Range", "") == f"bytes */{partial.size}"


def _carries_on(reply: Reply, note: Note, partial: Partial) -> bool:
    there = Validators.of(reply.headers)
    same = there.for_range in ("", note.validators.for_range)
    return same and reply.headers.get("Content-Range", "").startswith(f"bytes {partial.size}-")


def _receive(client: Client, reply: Reply, partial: Partial, note: Note, *, largest: int, watch: Watch) -> None:
    patience = client.patience
    here = partial.size
    end = None if reply.length is None else here + reply.length
    deadline = patience.elapsed() + patience.transfer
    watch(here, end)
    with _disk(partial), partial.open() as file:
        for chunk in _chunks(reply, note.url):
            here += len(chunk)
            if here > largest:
                break
            file.write(chunk)
            watch(here, end)
            if patience.elapsed() > deadline:
                raise TryAgain(_cut_short("It was taking too long.", note.url), wait=0)
    if here > largest:
        partial.discard()
        raise _too_large(note.url, largest)
    if end is not None and here < end:
        raise TryAgain(_cut_short(f"The transfer stopped at {here:,} of {end:,} bytes.", note.url))


def _chunks(reply: Reply, url: str) -> Iterator[bytes]:
    while True:
        try:
            chunk = reply.body.read(CHUNK)
        except TimeoutError as error:
            raise TryAgain(_cut_short("The service fell silent in the middle of the file.", url)) from error
        except (OSError, http.client.HTTPException) as error:
            raise TryAgain(_cut_short("The connection broke in the middle of the file.", url)) from error
        if not chunk:
            return
        yield chunk


@contextmanager
def _disk(partial: Partial) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        what = "The disk is full." if full else f"It could not be written: {(error.strerror or str(error)).lower()}."
        action = "Make room" if full else "Check that you may write to this folder"
        raise UserError(what, where=str(partial.path), action=f"{action}, then run the command again.") from error


def not_the_file(what: str, url: str) -> DataError:
    """The failure to say when ``what`` ("a web page") arrives in place of a file."""
    return DataError(
        f"The service sent {what}, not the file.",
        where=url,
        action="Open the address in a browser: it may show a notice from the publisher or from your own network.",
    )


_REPORT: Final = "Tell the makers of Rightplace: the service has changed."


def _too_large(url: str, largest: int) -> DataError:
    return DataError(f"The file is larger than {largest / 1e6:,.0f} MB, the most expected.", where=url, action=_REPORT)


def _cut_short(what: str, url: str) -> UserError:
    return UserError(what, where=url, action="Run the command again: what has arrived is kept where it can be used.")
