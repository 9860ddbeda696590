"""What came of a fetch: one outcome for each source, and the whole in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import polars as pl

from rightplace.errors import DATA_FAILS, DONE


class Status(StrEnum):
    """How one source fared."""

    FETCHED = "fetched"
    CURRENT = "current"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one source fared. ``edition`` and ``rows`` are of the file now in the folder, "" and None where there is none.

    ``what``, ``where`` and ``action`` say what went wrong, and are "" where nothing did; ``note`` is what the reader
    should know all the same.
    """

    source: str
    title: str
    file: str
    status: Status
    edition: str = ""
    rows: int | None = None
    what: str = ""
    where: str = ""
    action: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """The outcomes of a fetch to ``folder``, in the order of the catalogue."""

    folder: Path
    outcomes: tuple[Outcome, ...]

    def having(self, status: Status) -> tuple[Outcome, ...]:
        """The outcomes with one status."""
        return tuple(one for one in self.outcomes if one.status is status)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The sources that were not brought."""
        return self.having(Status.FAILED)

    @property
    def exit_code(self) -> int:
        """0 when every file asked for is there and current, else 3."""
        return DATA_FAILS if self.failed else DONE

    def frame(self) -> pl.DataFrame:
        """A row for each source: ``source``, ``status``, ``file``, ``edition``, ``rows`` (null where there is no file)."""
        rows = [(one.source, one.status.value, one.file, one.edition, one.rows) for one in self.outcomes]
        names = {"source": pl.String, "status": pl.String, "file": pl.String, "edition": pl.String, "rows": pl.Int64}
        return pl.DataFrame(rows, schema=names, orient="row")

    def sentences(self) -> tuple[str, ...]:
        """How many came, what to know about them, what did not come and what to do."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        fetched, current = len(self.having(Status.FETCHED)), len(self.having(Status.CURRENT))
        yield f"{fetched} fetched, {current} already current, {len(self.failed)} not fetched. Folder: {self.folder}"
        for note, group in groupby(sorted(self.outcomes, key=_note), key=_note):
            if note:
                yield f"About {', '.join(one.source for one in group)}: {note}"
        for (what, action), group in groupby(sorted(self.failed, key=_fault), key=_fault):
            members = list(group)
            yield f"Not fetched: {', '.join(one.source for one in members)}. {what} {action}".rstrip()
            yield from (f"  Address: {where}" for where in sorted({_short(one.where) for one in members if one.where}))
            yield from (
                f"  {one.file}: the file fetched earlier ({one.edition}) is still there."
                for one in members
                if one.edition
            )


def _note(one: Outcome) -> str:
    return one.note


def _fault(one: Outcome) -> tuple[str, str]:
    return one.what, one.action


def _short(where: str) -> str:
    return where.split("?", 1)[0]
