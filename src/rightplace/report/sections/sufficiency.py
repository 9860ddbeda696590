"""Whether the places are enough: children expected, places there and what is short, by year, kind, phase, need and locality."""

from __future__ import annotations

from typing import Final

from rightplace.disclosure.published import Published
from rightplace.places.sufficiency.run import Dimension, Sufficiency
from rightplace.report.charts.spec import Ranges, Row
from rightplace.report.labels import january
from rightplace.report.model import Block, Bullets, Cell, Column, Figure, Note, Para, Section, TableBlock
from rightplace.report.sections.sufficiency_rows import COLUMNS, HEADS, NAMES, RULE, SOURCE, UNITS, Rows, notes, words

_AHEAD: Final = 5
_SHARED: Final = (
    "A base's places are for all the needs and ages it takes. They are shared among those so that, as far as bases allow, "
    "each has the same share of its children placed."
)
_LIVES: Final = "Children are counted where they live, places where they stand: a child may be served next door."


def section(found: Sufficiency, *, publish: bool) -> Section:
    """The table by year, then a figure for each dimension about five years ahead; the workbook has them for every year."""
    last = found.januaries[-1]
    shown = min(found.januaries[0] + _AHEAD, last)
    total = Rows(found, (), publish=publish)
    dimensions: list[Dimension] = ["setting", "phase", "need", *(("locality",) if found.split else ())]
    figures: list[Block] = []
    for dimension in dimensions:
        rows = Rows(found, (dimension,), publish=publish)
        figures += [_figure(rows, dimension, shown), _every_year(rows, dimension)]
    every = Rows(found, tuple(dimensions), publish=publish)
    return Section(
        key="sufficiency",
        heading="Whether there are enough places",
        blocks=(
            Para(text=_headline(total, shown), strong=True),
            Para(
                text="This sets the children and young people who would be placed in bases, special schools and specialist "
                "colleges, if they go on being placed as they are now, beside the places that stand in the area. Places in "
                "the area may be taken by children of other areas, and its own may go elsewhere."
            ),
            *((Note(text=" ".join(found.notes)),) if found.notes else ()),
            _by_year(total),
            *figures,
            *_together(every, dimensions),
            Bullets(items=(RULE, _SHARED, *((_LIVES,) if found.split else ()))),
        ),
    )


def _headline(total: Rows, year: int) -> str:
    ((_, numbers, unknown),) = total.of(year) or [((), {}, 0)]
    if not numbers or numbers["places"].value is None:
        return f"How many places are short in {january(year)} cannot be told, as places in the area are not known."
    low, middle, high = (numbers[f"short_{end}"].value for end in ("p10", "p50", "p90"))
    if low is None or middle is None or high is None:
        return f"How many places are short in {january(year)} is too small a number to show."
    most = " at most, as some bases' places are not known" if unknown else ""
    if low > 0:
        return f"In {january(year)} between {low:,} and {high:,} specialist places are short{most}, with the middle at about {middle:,}."
    if high <= 0:
        return f"In {january(year)} there are specialist places to spare: between {-high:,} and {-low:,}."
    return (
        f"In {january(year)} specialist places run from {-low:,} to spare to {high:,} short{most}; in the middle of the futures "
        f"{abs(middle):,} are {'short' if middle > 0 else 'to spare'}."
    )


def _by_year(total: Rows) -> TableBlock:
    rows: list[tuple[Cell, ...]] = [
        (year, *(numbers[name] for name in NAMES)) for year in total.januaries for _, numbers, _ in total.of(year)
    ]
    return TableBlock(
        key="sufficiency-years",
        title="Specialist places and those expected to need one, each January",
        columns=(Column(name="January", kind="year"), *COLUMNS),
        rows=tuple(rows),
        units=UNITS,
        source=SOURCE,
        notes=notes(total, "Low to high is the range that holds 8 in 10 futures.", RULE),
    )


def _figure(rows: Rows, dimension: Dimension, year: int) -> Figure:
    found = rows.of(year)
    doubtful = [words(dimension, key[0]) for key, _, unknown in found if unknown]
    doubts = (f"Not all bases' places are known, so these are the most that could be short: {', '.join(doubtful)}.",)
    table = TableBlock(
        key=f"sufficiency-{dimension}-table",
        title=f"Places and children by {HEADS[dimension].lower()}, {january(year)}",
        columns=(Column(name=HEADS[dimension]), *COLUMNS),
        rows=tuple((words(dimension, key[0]), *(numbers[name] for name in NAMES)) for key, numbers, _ in found),
        units=UNITS,
        source=SOURCE,
        notes=notes(rows, *(doubts if doubtful else ())),
    )
    lines = tuple(
        Row(
            label=words(dimension, key[0]), now=numbers["places"].value, low=numbers["p10"].value,
            middle=numbers["p50"].value, high=numbers["p90"].value,
        )
        for key, numbers, _ in found
    )  # fmt: skip
    return Figure(
        key=f"sufficiency-{dimension}",
        title=_finding(found, dimension, year),
        reading=f"Each diamond is the places known; each disc is the middle of the children expected in {january(year)}, on a "
        "bar that holds 8 in 10 futures. A bar wholly to the right of its diamond is a shortage in at least 9 of 10 futures.",
        chart=Ranges(rows=lines, now="Places known", later="Children expected", units=UNITS),
        table=table,
    )


def _finding(found: list[tuple[tuple[str, ...], dict[str, Published], int]], dimension: Dimension, year: int) -> str:
    short = [(numbers["short_p50"].value or 0, key[0]) for key, numbers, _ in found]
    most, value = max(short, default=(0, ""))
    name = HEADS[dimension].lower()
    if most <= 0:
        return f"By {name}, no shortage is expected in the middle of the futures, {january(year)}"
    return f"By {name}, most are short for: {words(dimension, value)} (about {most:,}, {january(year)})"


def _every_year(rows: Rows, dimension: Dimension) -> TableBlock:
    lines: list[tuple[Cell, ...]] = [
        (words(dimension, key[0]), year, *(numbers[name] for name in NAMES))
        for year in rows.januaries
        for key, numbers, _ in rows.of(year)
    ]
    return TableBlock(
        key=f"sufficiency-{dimension}-years",
        title=f"Places and children by {HEADS[dimension].lower()}, every January",
        columns=(Column(name=HEADS[dimension]), Column(name="January", kind="year"), *COLUMNS),
        rows=tuple(lines),
        units=UNITS,
        source=SOURCE,
        notes=notes(rows),
        on_page=False,
    )


def _together(every: Rows, dimensions: list[Dimension]) -> tuple[TableBlock, ...]:
    """All dimensions at once, for the workbook: inside only, as nearly all its numbers are small."""
    if every.publish:
        return ()
    order = sorted(dimensions, key=every.by.index)
    lines: list[tuple[Cell, ...]] = [
        (
            *(words(name, value) for name, value in zip(order, key, strict=True)),
            year,
            *(numbers[name] for name in NAMES),
        )
        for year in every.januaries
        for key, numbers, _ in every.of(year)
        if any(numbers[name].value for name in ("places", "p90"))
    ]
    block = TableBlock(
        key="sufficiency-together",
        title="Places and children by all of these together, every January",
        columns=(*(Column(name=HEADS[name]) for name in order), Column(name="January", kind="year"), *COLUMNS),
        rows=tuple(lines),
        units=UNITS,
        source=SOURCE,
        on_page=False,
    )
    return (block,)
