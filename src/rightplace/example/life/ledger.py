"""Tables of lives while they are being lived: columns of whole numbers that grow and can be written to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from rightplace.example import days
from rightplace.example.kinds import Ints

PEOPLE: Final = {"birth": 0, "home": 0, "need": 0}
PLANS: Final = {
    "person": 0, "start": 0, "need": 0, "arrived": days.NEVER, "cease": days.NEVER, "reason": 0, "notice": days.NEVER,
    "placement": days.NEVER,
}  # fmt: skip
PLACEMENTS: Final = {
    "plan": 0, "kind": 0, "setting": -1, "notice": 0, "rank": 1, "entry": 0, "leaving": days.NEVER, "residential": 0,
    "work_based": 0,
}  # fmt: skip
REQUESTS: Final = {
    "person": 0, "plan": -1, "received": days.NEVER, "source": 0, "custody": 0, "outcome": 0, "decided": days.NEVER,
    "mediated": days.NEVER, "appealed": days.NEVER, "reversed": days.NEVER, "result": 0, "ended": days.NEVER,
    "result_mediated": days.NEVER, "result_appealed": days.NEVER, "other_mediated": days.NEVER,
    "other_appealed": days.NEVER, "exception": 0,
}  # fmt: skip
REVIEWS: Final = {"plan": 0, "meeting": 0, "decision": days.NEVER, "outcome": 0}
TRANSFERS: Final = {"plan": 0, "due": 0, "final": days.NEVER}


@dataclass(slots=True)
class Ledger:
    """One table. ``columns`` gives each column's name and the value it has where a row does not set it."""

    columns: Mapping[str, int]
    data: dict[str, Ints] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.data = {name: np.zeros(0, dtype=np.int64) for name in self.columns}

    def __len__(self) -> int:
        return len(next(iter(self.data.values())))

    def __getitem__(self, name: str) -> Ints:
        """A column; writing to it changes the table."""
        return self.data[name]

    def add(self, count: int, **values: Ints | int) -> Ints:
        """Add rows and give their places. A column that is not named has its usual value."""
        first = len(self)
        for name, usual in self.columns.items():
            new = np.broadcast_to(np.asarray(values.get(name, usual), dtype=np.int64), count)
            self.data[name] = np.concatenate([self.data[name], new])
        return np.arange(first, first + count)


@dataclass(slots=True)
class Lives:
    """Every table of the lives.

    ``people``: ``birth`` day, ``home`` neighbourhood, ``need`` (place in NEEDS).
    ``plans``: ``start``; ``arrived`` from another authority; ``cease`` and ``reason``; ``notice`` of a decision to
    cease; ``placement``, the one the plan-holder is in. ``placements``: ``notice`` 1 from the notice to cease.
    ``requests``: ``outcome`` and ``result`` are codes of :mod:`rightplace.example.life.asking`, and the rest are days:
    ``decided`` whether to assess (or withdrawn), mediation and appeals about it, ``reversed`` when a refusal is overturned,
    ``ended`` when a plan was issued or the family told there would be none. ``plan`` is -1 where none came of it.
    ``reviews``: a ``meeting``, its ``decision`` and ``outcome``. ``transfers``: changes of phase.
    """

    people: Ledger = field(default_factory=lambda: Ledger(PEOPLE))
    plans: Ledger = field(default_factory=lambda: Ledger(PLANS))
    placements: Ledger = field(default_factory=lambda: Ledger(PLACEMENTS))
    requests: Ledger = field(default_factory=lambda: Ledger(REQUESTS))
    reviews: Ledger = field(default_factory=lambda: Ledger(REVIEWS))
    transfers: Ledger = field(default_factory=lambda: Ledger(TRANSFERS))
