"""How a command says what went wrong."""

from __future__ import annotations

import sys

from rightplace.errors import UserError


def tell(error: UserError) -> None:
    """Say what is wrong, where, and what to do."""
    lines = [f"Rightplace could not do this. {error.what}"]
    if error.where:
        lines.append(f"  Where: {error.where}")
    if error.action:
        lines.append(f"  What to do: {error.action}")
    sys.stderr.write("\n".join(lines) + "\n")
