"""A server on this machine that answers as explore education statistics, Nomis and Get Information about Schools do.

It speaks what the services' documentation and the statistics service's published program say: lists in pages with
their size limits, data sets and their versions, CSV files (gzipped by the public interface), problem details as JSON.
Unlike the real statistics service it can also honour validators and ranges, as the register's web server may.
A test gives it data and faults, and reads what it was asked from ``requests``.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

EHC = "88312cc0-fe1d-4ab5-81df-33fd708185cb"


@dataclass(kw_only=True)
class File:
    """A file served: ``resumable`` says whether ranges are honoured."""

    body: bytes
    kind: str = "text/csv"
    etag: str = ""
    last_modified: str = ""
    coding: str = ""
    resumable: bool = False
    tell_length: bool = True


@dataclass(kw_only=True)
class Fault:
    """What goes wrong with one answer: a status, a redirect, an early end or silence."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut_after: int | None = None
    silent: bool = False


@dataclass
class Asked:
    """One request."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Stub:
    """The data served, the faults to come by path, and what was asked."""

    publications: list[dict[str, Any]] = field(default_factory=list)
    data_sets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    versions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    listing: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    requests: list[Asked] = field(default_factory=list)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def addresses(self) -> dict[str, str]:
        """The addresses that send ``fetch`` here."""
        return {
            "ees": f"{self.url}/ees/v1",
            "listing": f"{self.url}/content/api",
            "data_catalogue": f"{self.url}/site",
            "nomis": f"{self.url}/nomis",
            "gias": f"{self.url}/gias",
        }

    def asked(self, part: str) -> list[Asked]:
        """The requests whose path contains ``part``."""
        return [one for one in self.requests if part in one.path]

    def list_file(self, identifier: str, title: str, file: File, *, edition: str, updated: str, name: str = "") -> str:
        """Put a data set in the catalogue's list of the EHC plans publication; gives the path of its CSV file."""
        entries = self.listing.setdefault(EHC, [])
        entries[:] = [one for one in entries if one["id"] != identifier]
        entries.append(
            {"id": identifier, "title": title, "filename": name, "lastUpdated": updated, "release": {"title": edition}}
        )
        path = f"/site/data-catalogue/data-set/{identifier}/csv"
        self.files[path] = file
        return path

    def publish(self, identifier: str, title: str, version: str, table: bytes, *, edition: str) -> str:
        """Put a version of a data set on the public interface; gives the path of its CSV file."""
        entries = self.data_sets.setdefault(EHC, [])
        entries[:] = [one for one in entries if one["id"] != identifier]
        entries.append({"id": identifier, "title": title, "status": "Published", "latestVersion": {"version": version}})
        self.versions.setdefault(identifier, []).append({"version": version, "release": {"title": edition}})
        path = f"/ees/v1/data-sets/{identifier}/csv"
        self.files[f"{path}?dataSetVersion={version}"] = File(body=gzip.compress(table, mtime=0), coding="gzip")
        return path


@contextmanager
def running() -> Iterator[Stub]:
    """A stub on a free port of the loopback, stopped at the end."""
    stub = Stub()

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that leaves early is part of the tests."""

    server = Server(("127.0.0.1", 0), _handler(stub))
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers))
            stub.requests.append(asked)
            fault = stub.faults[parts.path].pop(0) if stub.faults.get(parts.path) else Fault()
            if fault.silent:
                stub.released.wait(30)
                self.close_connection = True
            elif fault.status:
                self._send(fault.status, fault.headers, fault.body)
            elif file := stub.files.get(self.path, stub.files.get(parts.path)):
                self._send_file(file, asked, fault)
            else:
                status, answer = _answer(stub, asked)
                body = gzip.compress(json.dumps(answer).encode())
                self._send(status, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, body)

        def _send_file(self, file: File, asked: Asked, fault: Fault) -> None:
            status, body, headers = 200, file.body, {"Content-Type": file.kind}
            headers |= {"ETag": file.etag} if file.etag else {}
            headers |= {"Last-Modified": file.last_modified} if file.last_modified else {}
            headers |= {"Content-Encoding": file.coding} if file.coding else {}
            wanted = asked.headers.get("Range", "")
            if file.etag and asked.headers.get("If-None-Match") == file.etag:
                status, body = 304, b""
            elif wanted and file.resumable and asked.headers.get("If-Range") in (file.etag, file.last_modified):
                start, whole = int(wanted.removeprefix("bytes=").removesuffix("-")), len(file.body)
                if start >= whole:
                    status, body, headers["Content-Range"] = 416, b"", f"bytes */{whole}"
                else:
                    status, body = 206, file.body[start:]
                    headers["Content-Range"] = f"bytes {start}-{whole - 1}/{whole}"
            self._send(status, headers, body, cut=fault.cut_after, tell_length=file.tell_length)

        def _send(
            self,
            status: int,
            headers: dict[str, str],
            body: bytes,
            *,
            cut: int | None = None,
            tell_length: bool = True,
        ) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304 and tell_length:
                self.send_header("Content-Length", str(len(body)))
            if cut is not None or not tell_length:
                self.close_connection = True
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body[:cut])

    return Handler


def _answer(stub: Stub, asked: Asked) -> tuple[int, dict[str, Any]]:
    words = asked.path.strip("/").split("/")
    routes: list[tuple[tuple[str, ...], Callable[[str], list[dict[str, Any]] | None], int]] = [
        (("ees", "v1", "publications"), lambda _: stub.publications, 40),
        (("ees", "v1", "publications", "*", "data-sets"), stub.data_sets.get, 20),
        (("ees", "v1", "data-sets", "*", "versions"), stub.versions.get, 20),
        (("content", "api", "data-set-files"), lambda _: stub.listing.get(asked.query.get("publicationId", "")), 40),
    ]
    for pattern, found, most in routes:
        if len(words) == len(pattern) and all(p in ("*", w) for p, w in zip(pattern, words, strict=True)):
            return _page(found(words[3] if "*" in pattern else ""), asked.query, most)
    if words[:3] == ["ees", "v1", "data-sets"] and len(words) == 6:
        for version in stub.versions.get(words[3], []):
            if version["version"] == words[5]:
                return 200, version
    if words[:3] == ["ees", "v1", "data-sets"] and len(words) == 4:
        for data_set in (one for entries in stub.data_sets.values() for one in entries):
            if data_set["id"] == words[3]:
                return 200, data_set
    return 404, {"title": "Not Found", "type": "Not Found", "status": 404}


def _page(results: list[dict[str, Any]] | None, query: dict[str, str], most: int) -> tuple[int, dict[str, Any]]:
    page, size = int(query.get("page", "1")), int(query.get("pageSize", "10"))
    if not (page >= 1 and 1 <= size <= most):
        return 400, {"title": "There are validation errors with the request.", "type": "Bad Request", "status": 400}
    every = results or []
    paging = {
        "page": page,
        "pageSize": size,
        "totalResults": len(every),
        "totalPages": max(0, len(every) - 1) // size + 1,
    }
    return 200, {"paging": paging, "results": every[(page - 1) * size : page * size]}
