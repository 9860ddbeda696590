"""The way in: runs a command and turns what went wrong into a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from rightplace.cli.failure import tell
from rightplace.errors import CANCELLED, UserError

LISTS: Final = ("--sen2", "--gias", "--extracts", "--source")
"""Options that take several values after one name: ``--sen2 FILE FILE``."""
INTERRUPTED: Final = 130
"""What typer ends with when Ctrl-C is pressed while a command runs."""


def main() -> None:
    """Run the command line. Exit codes: 0 done, 2 usage, 3 data fail, 4 refused, 5 cancelled, 1 a bug."""
    from rightplace.cli.app import app

    try:
        app(args=spread(sys.argv[1:]))
    except UserError as error:
        tell(error)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        _stopped()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _stopped()
        raise


def spread(words: Sequence[str]) -> list[str]:
    """``--sen2 a b`` as ``--sen2 a --sen2 b``, so that a shell's ``*.xml`` can follow an option."""
    spreading, out = "", list[str]()
    for word in words:
        if word.startswith("-"):
            spreading = word if word in LISTS else ""
            if not spreading:
                out.append(word)
            continue
        out += [spreading, word] if spreading else [word]
    return out


def _stopped() -> NoReturn:
    sys.stderr.write("\nStopped. Files that were finished are kept; nothing was left half-written.\n")
    raise SystemExit(CANCELLED) from None
