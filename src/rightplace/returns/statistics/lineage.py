"""The lineage row of a published table that has been read."""

from __future__ import annotations

from collections.abc import Mapping

from rightplace.area.record import Refusal, Source
from rightplace.returns.statistics.folder import Published


def source_of(table: Published, *, edition: str, kept: int, refused: Mapping[str, int] | None = None) -> Source:
    """What became of the rows of a table: ``kept`` of them are used, ``refused`` gives reasons and numbers of the rest."""
    return Source(
        file=table.file,
        kind=table.shape.kind,
        edition=edition,
        sha256=table.sha256,
        rows_in=table.frame.height,
        rows_kept=kept,
        refused=tuple(Refusal(reason=reason, rows=rows) for reason, rows in (refused or {}).items() if rows),
    )
