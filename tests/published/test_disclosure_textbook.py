"""The audit against a published example of suppression that fails."""

from __future__ import annotations

import pytest
from scipy.optimize import linprog

from rightplace.disclosure.attack import exposed
from rightplace.disclosure.cells import protect
from rightplace.disclosure.knowledge import Publication, Reason
from rightplace.disclosure.rule import Rule
from rightplace.disclosure.sums import Sum

COUNTIES = {
    "Alpha": (15, 1, 3, 1),
    "Beta": (20, 10, 10, 15),
    "Gamma": (3, 10, 10, 2),
    "Delta": (12, 14, 7, 2),
}
"""Delinquent children by county and education of the household head (low to very high), made-up figures."""

HIDDEN = {(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 3), (3, 0), (3, 3)}
"""Cells the report's second table hides: the small ones, and enough to leave two in each row and column."""

EXACT = Rule(suppress_below=5, base=1)
"""The example hides counts below 5 and does not round."""


def example() -> tuple[dict[tuple[int, int], int], list[Sum[tuple[int, int]]]]:
    """The table with both margins; row 4 and column 4 are totals."""
    table = {(row, column): count for row, line in enumerate(COUNTIES.values()) for column, count in enumerate(line)}
    sums = [Sum(total=(row, 4), parts=tuple((row, column) for column in range(4))) for row in range(4)]
    sums += [Sum(total=(4, column), parts=tuple((row, column) for row in range(4))) for column in range(4)]
    for one in sums:
        table[one.total] = sum(table[part] for part in one.parts)
    table[4, 4] = sum(map(sum, COUNTIES.values()))
    sums += [
        Sum(total=(4, 4), parts=tuple((row, 4) for row in range(4))),
        Sum(total=(4, 4), parts=tuple((4, column) for column in range(4))),
    ]
    return table, sums


def test_the_example_is_the_published_one() -> None:
    """Its margins: counties 20, 55, 25 and 35; education 50, 35, 30 and 20; 135 children."""
    table, _ = example()
    assert [table[row, 4] for row in range(5)] == [20, 55, 25, 35, 135]
    assert [table[4, column] for column in range(4)] == [50, 35, 30, 20]


def test_the_audit_finds_the_cell_that_two_marks_in_each_line_do_not_hide() -> None:
    """Alpha, very high: (20 + 55) - (35 + 30) less the counts shown leaves exactly 1.

    Federal Committee on Statistical Methodology, "Report on statistical disclosure limitation
    methodology", Statistical Policy Working Paper 22 (1994, revised 2005), chapter II, tables 1 and 2.
    """
    table, sums = example()
    number = {cell: position for position, cell in enumerate(table)}
    publication = Publication(
        counts=tuple(table.values()),
        sums=tuple(Sum(total=number[one.total], parts=tuple(number[part] for part in one.parts)) for one in sums),
        known=frozenset(),
        rule=EXACT,
    )
    reasons = [
        Reason.SHOWN if cell not in HIDDEN else Reason.SMALL if count < 5 else Reason.LINKED
        for cell, count in table.items()
    ]
    assert number[0, 3] in exposed(publication, reasons, range(len(table)))


def test_our_own_choice_leaves_every_small_count_open_by_linear_programming() -> None:
    """Unrounded, each hidden count below 5 can still be 1 and can still be 4, and no total is hidden."""
    table, sums = example()
    published = protect(table, sums, rule=EXACT)
    limits = [
        (number.value, number.value) if number.value is not None else (1, 4) if table[cell] < 5 else (5, None)
        for cell, number in published.items()
    ]
    cells = list(table)
    rows = [[(cell in one.parts) - (cell == one.total) for cell in cells] for one in sums]
    for hidden in [cell for cell in cells if table[cell] < 5]:
        ends = [
            linprog([sign * (cell == hidden) for cell in cells], A_eq=rows, b_eq=[0] * len(sums), bounds=limits).fun
            for sign in (1, -1)
        ]
        assert ends == pytest.approx([1, -4]), hidden
    assert all(published[cell].value == table[cell] for cell in cells if 4 in cell)


def test_the_rounded_example_needs_no_further_marks() -> None:
    """Rounding to 5 blurs the margins by enough: only the seven small counts are hidden."""
    table, sums = example()
    published = protect(table, sums)
    assert {cell for cell, number in published.items() if number.value is None} == {
        cell for cell, count in table.items() if count < 5
    }
