"""Running the service on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from rightplace.errors import UserError

Address = tuple[str, int]


def free_address(port: int) -> Address:
    """An address on this machine that is free; port 0 takes any. Raises ``UserError`` where the port is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UserError(
                f"Port {port} cannot be used: {why}.", where="--port", action="Name another, or stop what uses it."
            ) from error
        return ("127.0.0.1", int(probe.getsockname()[1]))


def settings_for_a_trial(*, second_factor: bool) -> None:
    """Plain HTTP on this machine; where it is only the example, staff need no second factor and it has a name."""
    os.environ.setdefault("RIGHTPLACE_HTTP", "plain")
    if not second_factor:
        os.environ.setdefault("RIGHTPLACE_MFA", "choice")
        os.environ.setdefault("RIGHTPLACE_AUTHORITY", "Marlshire (made-up)")


def begin_anew(words: Sequence[str]) -> NoReturn:
    """Become ``rightplace`` with these words, in the same process and environment.

    Frames start threads of their own, which a copy of the process does not have: a worker copied from a process that has
    worked with frames waits for them for ever. So what serves must not be what loaded.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "rightplace", *words])  # noqa: S606 - our own command


@contextmanager
def working() -> Iterator[None]:
    """Beside the service, a process that works out the forecasts people ask for. It ends with the block, or with this process."""
    worker = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "django", "work_on_runs", "--with-parent", str(os.getpid())], stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=20)


def run(address: Address, *, ready: Callable[[], Any]) -> None:
    """Serve until told to stop. ``ready`` is called when requests are answered."""
    from django.db import connections

    from rightplace.web.wsgi import application

    # Workers are copies of this process, and must not share its connections.
    connections.close_all()
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError:
        with working():
            _simply(address, application, ready)
        return

    class Service(BaseApplication):
        """Gunicorn with settings of our own."""

        def load_config(self) -> None:
            self.cfg.set("bind", [f"{address[0]}:{address[1]}"])
            self.cfg.set("workers", 2)
            self.cfg.set("threads", 4)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("when_ready", lambda _: ready())

        def load(self) -> Any:
            return application

    with working():
        Service().run()


def _simply(address: Address, application: Any, ready: Callable[[], Any]) -> None:
    """As gunicorn does not run on Windows: the standard library's server, with a thread for each request."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    class Threaded(ThreadingMixIn, WSGIServer):
        """Answers several people at once."""

        daemon_threads = True

    with make_server(*address, application, server_class=Threaded) as server:
        ready()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
