"""The area record that the service plans with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from rightplace.area import store

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The area in a few numbers: its name, plans counted each January, and what its record covers."""

    name: str
    plans: tuple[tuple[int, int], ...]
    covers: tuple[tuple[str, int, str], ...]


def there() -> bool:
    """Whether the service was pointed at an area record."""
    return (settings.AREA / store.MANIFEST).is_file()


def load() -> Area:
    """The whole record. Raises ``UserError`` where there is none or it cannot be read."""
    return store.load(settings.AREA)


def trouble(error: UserError, *, exact: bool) -> str:
    """What is wrong, naming a folder of the server only to those who may see exact figures."""
    return str(error) if exact or not error.where else "The area's record cannot be read at present."


def counted() -> Counted:
    """The area in a few numbers, read anew when the record has changed. Raises as :func:`load`."""
    manifest = settings.AREA / store.MANIFEST
    return _counted(settings.AREA, manifest.stat().st_mtime_ns if manifest.is_file() else 0)


@lru_cache(maxsize=1)
def _counted(folder: Path, changed: int) -> Counted:
    from rightplace.area.summary import describe, plans_by_year

    area = store.load(folder)
    plans = tuple((int(year), int(people + 0.5)) for year, people, _ in plans_by_year(area).iter_rows())
    covers = tuple((row, rows, years) for _, row, rows, years in describe(area).iter_rows() if rows)
    return Counted(name=area.name, plans=plans, covers=covers)
