"""Sending the e-mails that wait: a mail server that is away, says no, or goes silent; senders that are stopped, or are two.

Answers of a mail server are those of RFC 5321, 4.2.1.
"""

from __future__ import annotations

import runpy
import smtplib
import socketserver
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.cases.models import Link
from rightplace.web.notices.models import Mail
from rightplace.web.notices.send import FORGOTTEN, send_waiting
from rightplace.web.settings.mail import mail as mail_settings

ROOT = Path(__file__).parents[2]
_PEOPLE = runpy.run_path(str(ROOT / "tests" / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
_NEWS = runpy.run_path(str(ROOT / "tests" / "made" / "web_notices.py"))
write = _NEWS["write"]


@pytest.fixture
def area(db: None, settings: Any) -> Any:
    yield from _NEWS["area_with_addresses"](settings)


class _Server(EmailBackend):
    """A mail server that answers as it is told."""

    trouble: Exception | None = None
    at_open: Exception | None = None

    def open(self) -> bool:
        if self.at_open:
            raise self.at_open
        return True

    def send_messages(self, messages: Any) -> int:
        if self.trouble:
            raise self.trouble
        return super().send_messages(messages)


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[_Server]:
    monkeypatch.setattr(_Server, "trouble", None)
    monkeypatch.setattr(_Server, "at_open", None)
    monkeypatch.setattr("rightplace.web.notices.send.get_connection", _Server)
    return _Server


def test_a_mail_server_that_is_not_there_stops_nobody_and_loses_nothing(area: Any, server: type[_Server]) -> None:
    server.at_open = ConnectionRefusedError("refused")
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    form = {"key": "m", "version": 0, "text": "Hello"}
    assert officer.post(reverse("messages", args=[area.one.reference]), form).status_code == 302
    done = send_waiting()
    assert done.put_off == 2
    assert "refused" in done.trouble
    server.at_open = None
    assert send_waiting().sent == 2
    assert send_waiting().sent == 0


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPDataError(451, b"try later"),
        smtplib.SMTPRecipientsRefused({"parent@marlshire.example": (450, b"mailbox busy")}),
    ],
)
def test_not_now_is_tried_again_later_and_at_last_given_up(
    area: Any, server: type[_Server], trouble: Exception
) -> None:
    Link.objects.filter(kind="young_person").delete()
    write(area)
    server.trouble = trouble
    tries = 0
    with time_machine.travel(clock.now(), tick=False) as time:
        while Mail.objects.get().state == Mail.State.WAITING:
            done = send_waiting()
            tries += 1
            assert done.put_off + done.failed == 1
            assert send_waiting().put_off == 0, "not before its time"
            time.shift(timedelta(days=1, minutes=1))
    assert tries == 8
    assert Mail.objects.get().state == Mail.State.FAILED
    assert post.outbox == []


def test_no_is_not_asked_twice(area: Any, server: type[_Server]) -> None:
    server.trouble = smtplib.SMTPRecipientsRefused({"x": (550, b"no such mailbox")})
    write(area)
    assert send_waiting().failed == 2
    server.trouble = None
    assert send_waiting().sent == 0


@pytest.mark.parametrize("trouble", [TimeoutError(), smtplib.SMTPServerDisconnected("gone")])
def test_a_server_that_goes_silent_is_not_given_the_mail_twice(
    area: Any, server: type[_Server], trouble: Exception
) -> None:
    server.trouble = trouble
    write(area)
    assert send_waiting().unsure == 2
    server.trouble = None
    assert send_waiting().sent == 0


class _Socket(socketserver.StreamRequestHandler):
    """A mail server on a real socket, as RFC 5321 has it, that answers a whole message as it is told."""

    def handle(self) -> None:
        said = self.server.said
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                taken = b""
                while (more := self.rfile.readline()) != b".\r\n":
                    taken += more
                self.server.taken.append(taken)
                if said is None:
                    return
                self.wfile.write(said + b"\r\n")
            else:
                refused = line.startswith(b"RCPT") and self.server.refuse
                self.wfile.write(self.server.refuse if refused else b"250 yes\r\n")


@pytest.mark.parametrize(
    ("said", "refuse", "end"),
    [
        (b"250 taken", b"", "sent"),
        (b"451 try later", b"", "put_off"),
        (b"554 no", b"", "failed"),
        (b"250 taken", b"550 no such mailbox\r\n", "failed"),
        (b"250 taken", b"450 mailbox busy\r\n", "put_off"),
        (None, b"", "unsure"),
    ],
)
def test_a_real_conversation_with_a_mail_server(
    area: Any, settings: Any, said: bytes | None, refuse: bytes, end: str
) -> None:
    """Through Django's own back end and smtplib, over loopback."""
    Link.objects.filter(kind="young_person").delete()
    write(area)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Socket) as server:
        server.daemon_threads, server.said, server.refuse, server.taken = True, said, refuse, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            address = {"RIGHTPLACE_MAIL": f"smtp://127.0.0.1:{server.server_address[1]}"}
            for name, value in mail_settings({**address, "RIGHTPLACE_MAIL_FROM": "plans@marlshire.example"}).items():
                setattr(settings, name, value)
            done = send_waiting()
        finally:
            server.shutdown()
            thread.join()
    assert {name for name in ("sent", "put_off", "failed", "unsure") if getattr(done, name)} == {end}
    assert all(b"Ada" not in taken for taken in server.taken)
    assert Mail.objects.get().state == {"put_off": "waiting"}.get(end, end)


def test_a_sender_killed_in_the_middle_leaves_a_mail_that_is_not_sent_again(area: Any, server: type[_Server]) -> None:
    server.trouble = KeyboardInterrupt()  # type: ignore[assignment]
    write(area)
    with pytest.raises(KeyboardInterrupt):
        send_waiting()
    server.trouble = None
    assert send_waiting().sent == 1, "the one that was not begun"
    with time_machine.travel(clock.now() + FORGOTTEN + timedelta(seconds=1), tick=False):
        assert send_waiting().unsure == 1
    assert len(post.outbox) == 1


def test_two_senders_at_once_send_each_mail_once(area: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second sender runs in the middle of the first one's sending."""
    write(area)
    inner: list[int] = []

    class Busy(EmailBackend):
        def send_messages(self, messages: Any) -> int:
            if not inner:
                inner.append(-1)
                inner[0] = send_waiting().sent
            return super().send_messages(messages)

    monkeypatch.setattr("rightplace.web.notices.send.get_connection", Busy)
    outer = send_waiting().sent
    assert outer + inner[0] == len(post.outbox) == 2
