"""What each thing counts for when the aims are weighed against one another, as whoever runs the plan states it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from rightplace.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points for one child, each rounded to a whole number before they are added up.

    ``unplaced`` for leaving it without a place; ``preference`` for each rank below the first choice, and for a base the
    family did not ask for as much as a rank below its last; ``sibling`` for a base without the brother or sister it
    could have been with; ``km``, ``minutes`` (one way) and ``gbp`` (a year) for each one.
    """

    unplaced: float = 5_000
    preference: float = 15
    sibling: float = 0
    km: float = 0
    minutes: float = 0
    gbp: float = 0

    def __post_init__(self) -> None:
        """Raises ``UserError`` for a weight below nought."""
        for field in fields(self):
            if getattr(self, field.name) < 0:
                raise UserError(f"The weight of {field.name} is below nought.", action="Give nought or more.")


def from_text(text: str) -> Weights:
    """Weights from words like ``unplaced=5000,preference=15,minutes=3,gbp=0.01``. What is left out counts nothing.

    ``unplaced`` has to be given. Raises ``UserError`` for a name or number that cannot be read.
    """
    known = [field.name for field in fields(Weights)]
    given: dict[str, float] = dict.fromkeys(known, 0.0)
    seen = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name not in known:
            raise UserError(f"There is no weight called {name!r}.", action=f"Use {', '.join(known)}.")
        try:
            given[name] = float(number)
        except ValueError:
            raise UserError(f"{number!r} is not a number.", where=name, action="Write it like minutes=3.") from None
        seen.add(name)
    if "unplaced" not in seen:
        raise UserError("What a child without a place counts for is not given.", action="Add unplaced=5000, say.")
    return Weights(**given)
