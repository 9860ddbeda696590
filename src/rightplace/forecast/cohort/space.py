"""The states a plan can be in: year group x need x setting kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, YEAR_GROUPS, phase

GROUPS: Final = len(YEAR_GROUPS)
"""Number of year groups: 25, from -4 to 20."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The needs and setting kinds of a forecast. A stock array has shape (year groups, needs, kinds).

    Margins of a stock are laid end to end in one axis of ``width`` columns: year groups, needs, kinds.
    """

    needs: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of a stock array."""
        return GROUPS, len(self.needs), len(self.kinds)

    @property
    def width(self) -> int:
        """Columns of a margins axis."""
        return sum(self.shape)

    def margins(self) -> dict[str, tuple[int, list[str]]]:
        """Each dimension's first column in a margins axis, and the names of its values."""
        return {
            "year_group": (0, [str(group) for group in YEAR_GROUPS]),
            "need": (GROUPS, list(self.needs)),
            "setting": (GROUPS + len(self.needs), list(self.kinds)),
        }


def of(needs: Iterable[str], kinds: Iterable[str]) -> Space:
    """The space of the needs and kinds seen, in the order of the vocabulary; unknown words follow, sorted."""
    return Space(needs=_ordered(needs, list(Need)), kinds=_ordered(kinds, list(SettingKind)))


def phase_columns() -> dict[str, list[int]]:
    """Phase to the columns of its year groups in a margins axis."""
    columns: dict[str, list[int]] = {}
    for group in YEAR_GROUPS:
        columns.setdefault(str(phase(group)), []).append(group - FIRST)
    return columns


def _ordered(seen: Iterable[str], vocabulary: list[Need] | list[SettingKind]) -> tuple[str, ...]:
    found = {str(word) for word in seen}
    known = [str(word) for word in vocabulary if str(word) in found]
    return tuple(known + sorted(found - set(known)))
