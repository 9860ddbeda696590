"""Whether there are enough places, with a scenario beside things as they are going."""

from __future__ import annotations

from typing import Final

from rightplace.disclosure.published import Published
from rightplace.places.sufficiency.run import Dimension, Sufficiency
from rightplace.report.labels import january
from rightplace.report.model import Cell, Column, Para, Section, TableBlock
from rightplace.report.sections.sufficiency_rows import RULE, SOURCE, UNITS, Rows, notes, words

_SHORT: Final = ("short_p10", "short_p50", "short_p90")
_HEADS: Final = ("As things go", "Scenario")
_ENDS: Final = ("low", "middle", "high")
_COLUMNS: Final = tuple(Column(name=f"{head}: {end}", kind="change") for head in _HEADS for end in _ENDS)


def beside(without: Sufficiency, under: Sufficiency, name: str, *, publish: bool) -> Section:
    """Places short or to spare each January, and by kind of setting in the last, with the scenario ``name`` and without."""
    return Section(
        key="sufficiency-beside",
        heading="With and without the scenario",
        blocks=(
            Para(text=f"Places short or to spare as things are going, and with “{name}”.", strong=True),
            _years(without, under, publish=publish),
            _settings(without, under, publish=publish),
            Para(text="What follows is with the scenario."),
        ),
    )


def _years(without: Sufficiency, under: Sufficiency, *, publish: bool) -> TableBlock:
    both = [Rows(one, (), publish=publish) for one in (without, under)]
    rows: list[tuple[Cell, ...]] = []
    for year in without.januaries:
        cells = [numbers for one in both for _, numbers, _ in one.of(year)]
        if len(cells) == len(both):
            rows.append((year, *_shorts(cells)))
    return TableBlock(
        key="sufficiency-beside-years",
        title="Specialist places short or to spare each January, with and without the scenario",
        columns=(Column(name="January", kind="year"), *_COLUMNS),
        rows=tuple(rows),
        units=UNITS,
        source=SOURCE,
        notes=notes(both[0], RULE),
    )


def _settings(without: Sufficiency, under: Sufficiency, *, publish: bool) -> TableBlock:
    dimension: Dimension = "setting"
    last = without.januaries[-1]
    one, other = (
        {key[0]: numbers for key, numbers, _ in Rows(found, (dimension,), publish=publish).of(last)}
        for found in (without, under)
    )
    return TableBlock(
        key="sufficiency-beside-settings",
        title=f"Places short or to spare by kind of setting in {january(last)}, with and without the scenario",
        columns=(Column(name="Kind of setting"), *_COLUMNS),
        rows=tuple((words(dimension, kind), *_shorts([one[kind], other[kind]])) for kind in one if kind in other),
        units=UNITS,
        source=SOURCE,
        notes=notes(Rows(without, (), publish=publish), RULE),
    )


def _shorts(numbers: list[dict[str, Published]]) -> list[Published]:
    return [one[end] for one in numbers for end in _SHORT]
