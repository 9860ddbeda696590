"""Now against later for one dimension: the table, the lines of the chart and what moves most."""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.report.charts.spec import Row
from rightplace.report.labels import HEADINGS, january, label
from rightplace.report.model import Column, TableBlock
from rightplace.report.numbers import Numbers

PEOPLE = "Children and young people with EHC plans"
MODELLED = "Rightplace forecast from the sources listed under Where the numbers came from"
RANGE = "Low to high is the range that holds 8 in 10 futures."
ONE_NUMBER = "A number that was counted has no range: low, middle and high are the same."
ROUNDED = "Counts and forecasts are rounded to the nearest 5, so parts may not add up to their total."


def notes(numbers: Numbers, *more: str, dimension: str = "total") -> tuple[str, ...]:
    """Notes under a table: that numbers are rounded or estimated, when they are, and any others."""
    estimated = f"The numbers of {january(numbers.seed)} were not counted in this way: they are estimated."
    return (
        *((ROUNDED,) if numbers.publish else ()),
        *((estimated,) if dimension in numbers.estimated else ()),
        *more,
    )


def known(numbers: Numbers, dimension: str) -> str:
    """How the numbers of the last January are known: "counted", or "estimated" where this was not counted."""
    return "estimated" if dimension in numbers.estimated else "counted"


def table(numbers: Numbers, dimension: str, *, key: str, title: str, only: Sequence[str] | None = None) -> TableBlock:
    """One row a value: counted in the last January, expected at the horizon, and the change in the middle."""
    later = january(numbers.horizon)
    values = numbers.values(dimension) if only is None else only
    rows = []
    for value in values:
        now, then = numbers.count(dimension, value), numbers.ahead(dimension, value)
        rows.append((label(dimension, value), now, *then.cells, then.less(now).middle))
    return TableBlock(
        key=key,
        title=title,
        columns=(
            Column(name=HEADINGS[dimension]),
            Column(name=f"{january(numbers.seed)}: {known(numbers, dimension)}", kind="number"),
            Column(name=f"{later}: low", kind="number"),
            Column(name=f"{later}: middle", kind="number"),
            Column(name=f"{later}: high", kind="number"),
            Column(name="Change to the middle", kind="change"),
        ),
        rows=tuple(rows),
        units=PEOPLE,
        source=MODELLED,
        notes=notes(numbers, RANGE, dimension=dimension),
    )


def lines(numbers: Numbers, dimension: str, *, only: Sequence[str] | None = None) -> tuple[Row, ...]:
    """The lines of a chart of ranges, in the order of the table."""
    found = []
    for value in numbers.values(dimension) if only is None else only:
        then = numbers.ahead(dimension, value)
        found.append(
            Row(
                label=label(dimension, value),
                now=numbers.count(dimension, value).value,
                low=then.low.value,
                middle=then.middle.value,
                high=then.high.value,
            )
        )
    return tuple(found)


def moves_most(numbers: Numbers, dimension: str, *, only: Sequence[str] | None = None) -> str | None:
    """The value whose middle changes by most people, among those that are shown; None where none or several do."""
    changes = {}
    for value in numbers.values(dimension) if only is None else only:
        change = numbers.ahead(dimension, value).less(numbers.count(dimension, value)).middle.value
        if change:
            changes[value] = abs(change)
    most = [value for value, change in changes.items() if change == max(changes.values())]
    return most[0] if len(most) == 1 else None


def change_sentence(numbers: Numbers, dimension: str, value: str) -> str:
    """ "State special school: from 640 to about 760 (700 to 830)." """
    now, then = numbers.count(dimension, value), numbers.ahead(dimension, value)
    low, middle, high = (number.text for number in then.cells)
    return f"{label(dimension, value)}: from {now} to about {middle} ({low} to {high})."
