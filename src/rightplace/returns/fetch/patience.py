"""How long to wait for a service and how often to ask it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TypeVar

from rightplace.calendar import clock
from rightplace.errors import UserError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Times in seconds. ``sleep`` and ``elapsed`` are replaced by tests, so that they need not wait.

    The wait before the second try is ``first_wait``, and doubles to at most ``longest_wait``. A service that
    asks for a wait (Retry-After) gets it, up to ``longest_asked_wait``. ``silence`` is how long a service may
    say nothing, ``transfer`` how long one attempt at one file may take.
    """

    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 30.0
    longest_asked_wait: float = 300.0
    silence: float = 60.0
    transfer: float = 3600.0
    sleep: Callable[[float], None] = time.sleep
    elapsed: Callable[[], float] = time.monotonic


class TryAgain(Exception):
    """An attempt failed in a way that may pass. ``problem`` is what to say if it does not.

    ``wait`` is the wait the service asked for, in seconds, or None.
    """

    def __init__(self, problem: UserError, *, wait: float | None = None) -> None:
        self.problem = problem
        self.wait = wait
        super().__init__(str(problem))


def persist(patience: Patience, attempt: Callable[[], T]) -> T:
    """The result of ``attempt``, made up to ``patience.attempts`` times.

    Raises the problem of the last :class:`TryAgain`, or at once whatever else ``attempt`` raises.
    """
    backoff = patience.first_wait
    for made in range(1, patience.attempts + 1):
        try:
            return attempt()
        except TryAgain as again:
            if made == patience.attempts:
                raise again.problem from again
            if again.wait is not None and again.wait > patience.longest_asked_wait:
                raise _asked_to_wait(again.problem, again.wait) from again
            patience.sleep(backoff if again.wait is None else again.wait)
            backoff = min(backoff * 2, patience.longest_wait)
    raise ValueError("Patience needs at least one attempt.")


def asked_wait(retry_after: str | None) -> float | None:
    """Seconds asked for by a Retry-After header: a number of seconds or a date (RFC 9110 section 10.2.3)."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - clock.now()).total_seconds())


def _asked_to_wait(problem: UserError, seconds: float) -> UserError:
    minutes = max(1, round(seconds / 60))
    return UserError(
        problem.what,
        where=problem.where,
        action=f"The service asks to be left for {minutes} minutes: run the command again after that.",
    )
