"""How published numbers add up: what a reader can use to work out a number that is not shown."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Generic[Cell]):
    """``total`` equals all of ``parts`` added up, less all of ``less``.

    A breakdown is a total and its parts. A flow is next year's count as the total, this year's
    count and the joiners as parts, and the leavers as ``less``.
    """

    total: Cell
    parts: tuple[Cell, ...]
    less: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell the sum joins."""
        return (self.total, *self.parts, *self.less)

    def terms(self) -> list[tuple[Cell, int]]:
        """Each cell with its sign in ``parts - less - total``."""
        return [(self.total, -1), *((part, 1) for part in self.parts), *((part, -1) for part in self.less)]
