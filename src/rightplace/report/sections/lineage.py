"""Where the numbers came from, what was left out, and why."""

from __future__ import annotations

from rightplace.area.record import Area, Source
from rightplace.disclosure.cells import protect
from rightplace.disclosure.published import Published
from rightplace.disclosure.sums import Sum
from rightplace.report.model import Column, Note, Para, Section, TableBlock
from rightplace.report.phrase import spell_small, whole
from rightplace.returns.gias.published import SHAPES as REGISTERS
from rightplace.returns.statistics.shapes import SHAPES

_KINDS = {shape.kind: shape.title for shape in (*SHAPES, *REGISTERS)}
Key = tuple[int, str, int]
_ENGLAND = " A published file or register may be of all England: its rows are then those of every authority."
_OWN = "The area record, which lists every file it was made from"


def section(area: Area, *, publish: bool) -> Section:
    """The files read, and the rows refused or kept with a gap."""
    if not area.lineage:
        note = Note(text="The area record does not say which files it was made from.")
        return Section(key="sources", heading="Where the numbers came from", blocks=(note,))
    counts = _counts(area, publish=publish)
    refused = _refused(area, counts, publish=publish)
    ending = refused if refused.rows else Para(text="No row was refused, and none was kept with a gap.")
    return Section(
        key="sources",
        heading="Where the numbers came from",
        blocks=(
            Para(
                text="Every file that was read, with its edition and a fingerprint (the first 12 figures of its SHA-256), "
                "so that anyone who holds the file can tell whether it is the same one."
                + (_ENGLAND if any(source.kind in _KINDS for source in area.lineage) else "")
            ),
            _files(area, counts),
            ending,
        ),
    )


def _counts(area: Area, *, publish: bool) -> dict[Key, Published]:
    raw: dict[Key, int | None] = {}
    sums: list[Sum[Key]] = []
    for number, source in enumerate(area.lineage):
        raw |= {(number, "in", 0): source.rows_in, (number, "kept", 0): source.rows_kept}
        raw |= {(number, "refused", place): one.rows for place, one in enumerate(source.refused)}
        raw |= {(number, "noted", place): one.rows for place, one in enumerate(source.noted)}
        refused = tuple((number, "refused", place) for place in range(len(source.refused)))
        sums.append(Sum(total=(number, "in", 0), parts=((number, "kept", 0), *refused)))
    return protect(raw, sums) if publish else {key: whole(count) for key, count in raw.items()}


def _files(area: Area, counts: dict[Key, Published]) -> TableBlock:
    rows = tuple(
        (
            source.file,
            _kind(source),
            source.edition,
            source.sha256[:12],
            counts[number, "in", 0],
            counts[number, "kept", 0],
        )
        for number, source in enumerate(area.lineage)
    )
    names = ("File", "What it is", "Edition", "Fingerprint")
    return TableBlock(
        key="files",
        title="Files read",
        columns=(
            *(Column(name=name) for name in names),
            Column(name="Rows in", kind="number"),
            Column(name="Rows kept", kind="number"),
        ),
        rows=rows,
        units="Rows of the file",
        source=_OWN,
    )


def _kind(source: Source) -> str:
    """What a file is, in words; those of a published file are its title."""
    words = _KINDS.get(source.kind, source.kind.replace("_", " "))
    return words[:1].upper() + words[1:]


def _refused(area: Area, counts: dict[Key, Published], *, publish: bool) -> TableBlock:
    rows = []
    for number, source in enumerate(area.lineage):
        for what, outcome in (("refused", "Left out"), ("noted", "Kept, with a gap")):
            for place, reason in enumerate(_reasons(source, what)):
                words = spell_small(reason) if publish else reason
                rows.append((source.file, words, outcome, counts[number, what, place]))
    return TableBlock(
        key="refused",
        title="Rows refused or kept with a gap",
        columns=(
            Column(name="File"),
            Column(name="Why"),
            Column(name="What became of them"),
            Column(name="Rows", kind="number"),
        ),
        rows=tuple(rows),
        units="Rows of the file",
        source=_OWN,
    )


def _reasons(source: Source, what: str) -> list[str]:
    return [one.reason for one in (source.refused if what == "refused" else source.noted)]
