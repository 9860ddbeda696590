"""Why the number of plans changes: what joining and leaving as they are would do, and what each thing that moves adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from rightplace.disclosure.published import SUPPRESSED, Published, modelled, shown
from rightplace.report.charts.spec import Part, Signed
from rightplace.report.labels import HEADINGS, january, label
from rightplace.report.model import Block, Cell, Column, Figure, Para, Section, TableBlock
from rightplace.report.numbers import TOTAL, Numbers
from rightplace.report.phrase import Range, change_text, whole
from rightplace.report.sections import compare

if TYPE_CHECKING:
    from rightplace.forecast.why.explain import Why

AS_NOW: Final = ("joiners", "leavers", "moved", "need_changed", "grown_older")
MOVING: Final = ("population", "joining_rate", "leaving_rate", "moves", "scenario", "interaction")
LABELS: Final = {
    "joiners": "Joining, as in the first year",
    "leavers": "Leaving, as in the first year",
    "population": "Number of residents",
    "joining_rate": "How often people join",
    "leaving_rate": "How often people leave",
    "moves": "Moves between settings",
    "scenario": "The scenario",
    "interaction": "These together, beyond each alone",
    "change": "Change in all",
}
_UNITS: Final = "Children and young people with EHC plans, more (+) or fewer (\N{MINUS SIGN})"
_MEANS: Final = (
    "Means over futures. They add up to the change in all; the ends of ranges do not.",
    "A mean differs from the middle given elsewhere: futures with many more plans pull it up.",
)


def section(why: Why, numbers: Numbers) -> Section:
    """A figure of the parts of the change in all plans, and a table of those of each kind of setting."""
    settings = _settings(why.change, numbers)
    blocks: list[Block] = [Para(text=_opening(numbers)), _figure(why, numbers), *((settings,) if settings else ())]
    return Section(key="why", heading="Why the number changes", blocks=tuple(blocks))


def _opening(numbers: Numbers) -> str:
    return (
        f"The futures were run again with everything that moves held as in the year to {january(numbers.seed + 1)}, and then with one "
        "thing moving at a time. The difference is what that thing adds. It shows what the forecast is made of, not what caused it."
    )


def _figure(why: Why, numbers: Numbers) -> Figure:
    parts = _parts(why.change, numbers)
    return Figure(
        key="why-parts",
        title=_finding(parts),
        reading=_reading(parts, numbers),
        chart=Signed(
            parts=tuple(
                Part(label=LABELS[name], low=one.low.value, mean=one.middle.value, high=one.high.value)
                for name, one in parts.items()
            ),
            units="Plans more or fewer, mean and range of 8 in 10 futures",
        ),
        table=_table(parts, why.futures, numbers),
    )


def _parts(change: pl.DataFrame, numbers: Numbers) -> dict[str, Range]:
    """Each part of the change in all plans to the last January, with its mean in the middle; parts that are always nought left out."""
    rows = change.filter((pl.col("year") == numbers.horizon) & (pl.col("dimension") == TOTAL))
    found = {part: ends for part, *ends in rows.select("part", "p10", "mean", "p90").iter_rows()}
    kept = {part: found[part] for part in LABELS if any(found.get(part, ()))}
    return {
        part: Range(low=_signed(low, numbers), middle=_signed(mean, numbers), high=_signed(high, numbers))
        for part, (low, mean, high) in kept.items()
    }


def _signed(value: float, numbers: Numbers) -> Published:
    """People more or fewer; in a version to publish rounded, and hidden where they are few, whatever their sign."""
    if not numbers.publish:
        return whole(value)
    size = modelled(abs(value))
    return size if size.value is None or value >= 0 else shown(-size.value)


def _finding(parts: dict[str, Range]) -> str:
    sizes = {part: abs(parts[part].middle.value or 0) for part in MOVING if part in parts}
    most = [part for part, size in sizes.items() if size and size == max(sizes.values())]
    if len(most) != 1:
        return "What the change in plans is made of"
    way = "adds" if (parts[most[0]].middle.value or 0) > 0 else "takes away"
    return f"Beyond joining and leaving as now, {_small(LABELS[most[0]])} {way} most"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _reading(parts: dict[str, Range], numbers: Numbers) -> str:
    """The sentence that adds up: as now, then each thing that moves."""
    said = [f"{_small(LABELS[name])} {change_text(parts[name].middle)}" for name in parts if name != "change"]
    total = parts.get("change")
    end = (
        f" In all: {change_text(total.middle)} by {january(numbers.horizon)}, on average over futures." if total else ""
    )
    return f"{_capital('; '.join(said))}.{end} Each bar is a mean; the line on it holds 8 in 10 futures."


def _table(parts: dict[str, Range], futures: int, numbers: Numbers) -> TableBlock:
    return TableBlock(
        key="why-table",
        title=f"What the change from {january(numbers.seed)} to {january(numbers.horizon)} is made of",
        columns=(
            Column(name="Part"),
            *(Column(name=name, kind="change") for name in ("Mean", "Low", "High")),
        ),
        rows=tuple((LABELS[name], one.middle, one.low, one.high) for name, one in parts.items()),
        units=_UNITS,
        source=compare.MODELLED,
        notes=compare.notes(numbers, compare.RANGE, *_MEANS, f"From {futures:,} futures."),
    )


def _settings(change: pl.DataFrame, numbers: Numbers) -> TableBlock | None:
    """Means by kind of setting; a kind whose last count is hidden has no numbers. None where there are no settings."""
    rows = change.filter((pl.col("year") == numbers.horizon) & (pl.col("dimension") == "setting"))
    found = {(value, part): mean for value, part, mean in rows.select("value", "part", "mean").iter_rows()}
    kinds = [kind for kind in numbers.values("setting") if (kind, "change") in found]
    moving = [part for part in MOVING if any(found.get((kind, part)) for kind in kinds)]
    if not kinds:
        return None
    return TableBlock(
        key="why-setting-table",
        title=f"What the change in each kind of setting is made of, to {january(numbers.horizon)}",
        columns=(
            Column(name=HEADINGS["setting"]),
            Column(name="As in the first year", kind="change"),
            *(Column(name=LABELS[part], kind="change") for part in moving),
            Column(name=LABELS["change"], kind="change"),
        ),
        rows=tuple(_row(kind, found, moving, numbers) for kind in kinds),
        units=_UNITS,
        source=compare.MODELLED,
        notes=compare.notes(
            numbers, *_MEANS[:1], "As in the first year: joining, leaving and moves in and out.", dimension="setting"
        ),
    )


def _row(kind: str, found: dict[tuple[str, str], float], moving: list[str], numbers: Numbers) -> tuple[Cell, ...]:
    values = [
        sum(found.get((kind, part), 0.0) for part in AS_NOW),
        *(found[kind, part] for part in (*moving, "change")),
    ]
    hidden = numbers.count("setting", kind) == SUPPRESSED
    return label("setting", kind), *(SUPPRESSED if hidden else _signed(value, numbers) for value in values)
