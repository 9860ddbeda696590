"""Failures that a person can mend: one class, with an exit code, shown without a traceback."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
BUG: Final = 1
USAGE: Final = 2
DATA_FAILS: Final = 3
REFUSED: Final = 4
CANCELLED: Final = 5


class UserError(Exception):
    """What is wrong, where, and what to do, in words for the person who ran the command.

    ``what`` is a sentence, ``where`` a file, line or record ("" when there is none) and
    ``action`` a sentence in the imperative. ``exit_code`` is the process status.
    """

    exit_code = USAGE

    def __init__(self, what: str, *, where: str = "", action: str = "") -> None:
        self.what = what
        self.where = where
        self.action = action
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", what, action) if part))


class DataError(UserError):
    """The data fail their rules."""

    exit_code = DATA_FAILS


class RefusedError(UserError):
    """The request is understood and is not carried out."""

    exit_code = REFUSED


class CancelledByUser(UserError):
    """Work stopped because someone asked for it to stop."""

    exit_code = CANCELLED
