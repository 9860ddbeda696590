"""Attacks on protected tables: what an informed reader can work out of the small counts.

The reader here is written apart from the program: it knows the rule, the sums and whether each mark
stands for a small count, and looks for every value a small count could have, by trying all tables
(small ones) or by linear programming (larger ones).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from rightplace.disclosure.attack import exposed
from rightplace.disclosure.cells import protect
from rightplace.disclosure.knowledge import Publication, Reason
from rightplace.disclosure.published import Published, Status
from rightplace.disclosure.rule import STANDARD
from rightplace.disclosure.sums import Sum
from rightplace.disclosure.table import protect as protect_table
from rightplace.disclosure.table import protect_breakdowns

Counts = dict[str, int]
Sums = list[Sum[str]]
Bounds = dict[str, tuple[int, int]]


def informed_reader(counts: Counts, sums: Sums, published: Mapping[str, Published], known: frozenset[str]) -> Bounds:
    """Least and greatest value of each count before the sums are used, as docs/methods/disclosure.md grants them."""
    limit = 2 * sum(counts.values()) + 50
    marked = {cell for cell, number in published.items() if number.value is None}
    nothing_shown = {cell for one in sums if marked | known >= set(one.cells) for cell in one.cells}
    bounds = {}
    for cell, count in counts.items():
        value = published[cell].value
        if cell in known and not 0 < count < 5:
            bounds[cell] = (count, count)
        elif value is not None:
            bounds[cell] = (max(5, value - 2), value + 2) if value else (0, 0)
        elif cell in nothing_shown:
            bounds[cell] = (0, limit)
        else:
            bounds[cell] = (1, 4) if 0 < count < 5 else (5, limit)
    return bounds


def assert_no_small_count_is_narrowed(
    counts: Counts, sums: Sums, published: Mapping[str, Published], known: frozenset[str] = frozenset()
) -> None:
    """With the publication the reader is no nearer to a small count than the known numbers alone bring them."""
    bounds = informed_reader(counts, sums, published, known)
    limit = 2 * sum(counts.values()) + 50
    before = {
        cell: (count, count) if cell in known and not 0 < count < 5 else (0, limit) for cell, count in counts.items()
    }
    for cell in set(small(counts)) - known:
        least, greatest = extremes_by_programming(bounds, sums, cell)
        if known:
            first_least, first_greatest = extremes_by_programming(before, sums, cell)
        else:
            first_least, first_greatest = 0, limit
        assert least <= max(1, first_least) + 0.001, (cell, counts, published)
        assert greatest >= min(4, first_greatest) - 0.001, (cell, counts, published)


def extremes_by_programming(bounds, sums: Sums, cell: str) -> tuple[float, float]:
    names = list(bounds)
    rows = np.zeros((len(sums), len(names)))
    for row, one in enumerate(sums):
        for name, sign in ((one.total, -1), *((part, 1) for part in one.parts), *((part, -1) for part in one.less)):
            rows[row, names.index(name)] += sign
    cost = np.array([1.0 if name == cell else 0.0 for name in names])
    ends = [
        linprog(sign * cost, A_eq=rows, b_eq=np.zeros(len(sums)), bounds=list(bounds.values()), method="highs-ds")
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends), "the true table must be possible"
    return ends[0].fun, -ends[1].fun


def possible_values(bounds, sums: Sums, cell: str) -> set[int]:
    """Every value of a cell in some table that agrees with what is known: all tables are tried."""
    parts = [name for name in bounds if name not in {one.total for one in sums}]
    found = set()
    for values in itertools.product(*(range(bounds[name][0], min(bounds[name][1], 12) + 1) for name in parts)):
        table = dict(zip(parts, values, strict=True))
        for one in sums:
            table[one.total] = sum(table[part] for part in one.parts)
        if all(low <= table[name] <= high for name, (low, high) in bounds.items()):
            found.add(table[cell])
    return found


def small(counts: Counts) -> list[str]:
    return [cell for cell, count in counts.items() if 0 < count < 5]


def line(values: Sequence[int]) -> tuple[Counts, Sums]:
    counts = {f"part {number}": value for number, value in enumerate(values)}
    sums = [Sum(total="total", parts=tuple(counts))]
    return {**counts, "total": sum(values)}, sums


def grid(values: Sequence[Sequence[int]]) -> tuple[Counts, Sums]:
    counts = {f"{row},{column}": value for row, line in enumerate(values) for column, value in enumerate(line)}
    sums = []
    height, width = len(values), len(values[0])
    for row in range(height):
        parts = tuple(f"{row},{column}" for column in range(width))
        sums.append(Sum(total=f"row {row}", parts=parts))
    for column in range(width):
        sums.append(Sum(total=f"column {column}", parts=tuple(f"{row},{column}" for row in range(height))))
    for one in sums:
        counts[one.total] = sum(counts[part] for part in one.parts)
    counts["all"] = sum(map(sum, values))
    sums.append(Sum(total="all", parts=tuple(f"row {row}" for row in range(height))))
    sums.append(Sum(total="all", parts=tuple(f"column {column}" for column in range(width))))
    return counts, sums


LOW = st.integers(0, 9)
COUNT = st.one_of(st.integers(0, 6), st.integers(0, 40))


@given(values=st.lists(LOW, min_size=1, max_size=4), told=st.booleans())
def test_every_small_value_stays_possible_in_a_breakdown(values: list[int], told: bool) -> None:
    counts, sums = line(values)
    known = frozenset({"total"} if told else ())
    published = protect(counts, sums, known=known)
    bounds = informed_reader(counts, sums, published, known)
    for cell in small(counts):
        if cell not in known:
            assert possible_values(bounds, sums, cell) >= {1, 2, 3, 4}, (counts, published)


@given(
    values=st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(COUNT, min_size=width, max_size=width), min_size=1, max_size=5)
    ),
    told=st.booleans(),
)
def test_no_small_count_is_narrowed_by_the_margins_of_a_table(values: list[list[int]], told: bool) -> None:
    counts, sums = grid(values)
    known = frozenset({"all"} if told else ())
    published = protect(counts, sums, known=known)
    assert_no_small_count_is_narrowed(counts, sums, published, known)


@given(
    needs=st.lists(COUNT, min_size=1, max_size=7),
    cut=st.data(),
)
def test_no_small_count_is_narrowed_by_several_breakdowns_of_one_total(needs: list[int], cut: st.DataObject) -> None:
    total = sum(needs)
    settings_ = split(total, cut.draw(st.lists(st.integers(0, total), min_size=1, max_size=6)))
    years = split(total, cut.draw(st.lists(st.integers(0, total), min_size=3, max_size=7)))
    phases = [sum(years[:2]), sum(years[2:])]
    frame = breakdown_frame({"need": needs, "setting": settings_, "year_group": years, "phase": phases}, total)
    nested = {"year_group": ("phase", {str(number): "0" if number < 2 else "1" for number in range(len(years))})}
    result = protect_breakdowns(frame, value="people", within=("year",), nested=nested, known_total=True)
    counts = {f"{row['dimension']} {row['value']}": row["people"] for row in frame.iter_rows(named=True)}
    published = published_of(result)
    sums = [
        Sum(total="total total", parts=tuple(cell for cell in counts if cell.startswith(f"{dimension} ")))
        for dimension in ("need", "setting", "year_group", "phase")
    ]
    for phase, inner in (("0", range(2)), ("1", range(2, len(years)))):
        sums.append(Sum(total=f"phase {phase}", parts=tuple(f"year_group {number}" for number in inner)))
    known = frozenset({"total total"} if total >= 5 else ())
    assert_no_small_count_is_narrowed(counts, sums, published, known)


def split(total: int, cuts: list[int]) -> list[int]:
    edges = [0, *sorted(cuts), total]
    return [high - low for low, high in itertools.pairwise(edges)]


def breakdown_frame(parts: dict[str, list[int]], total: int) -> pl.DataFrame:
    rows = [("total", "total", total)]
    rows += [
        (dimension, str(number), count) for dimension, counts in parts.items() for number, count in enumerate(counts)
    ]
    return pl.DataFrame(rows, schema=["dimension", "value", "people"], orient="row").with_columns(year=pl.lit(2026))


def published_of(frame: pl.DataFrame) -> dict[str, Published]:
    return {
        f"{row['dimension']} {row['value']}": Published(value=row["people"], status=Status(row["people_status"]))
        for row in frame.iter_rows(named=True)
    }


@given(
    stocks=st.lists(st.integers(0, 30), min_size=2, max_size=4),
    extra=st.lists(st.integers(0, 9), min_size=3, max_size=3),
)
def test_no_small_flow_is_narrowed_by_the_stocks_it_joins(stocks: list[int], extra: list[int]) -> None:
    counts: Counts = {f"plans {year}": stock for year, stock in enumerate(stocks)}
    sums: Sums = []
    for year, (before, after) in enumerate(itertools.pairwise(stocks)):
        counts[f"joiners {year}"] = max(after - before, 0) + extra[year]
        counts[f"leavers {year}"] = before + counts[f"joiners {year}"] - after
        sums.append(
            Sum(total=f"plans {year + 1}", parts=(f"plans {year}", f"joiners {year}"), less=(f"leavers {year}",))
        )
    known = frozenset(cell for cell in counts if cell.startswith("plans") and counts[cell] >= 5)
    published = protect(counts, sums, known=known)
    assert_no_small_count_is_narrowed(counts, sums, published, known)


@given(values=st.lists(st.lists(COUNT, min_size=3, max_size=3), min_size=2, max_size=4))
def test_what_is_shown_obeys_the_rule(values: list[list[int]]) -> None:
    counts, sums = grid(values)
    for cell, number in protect(counts, sums).items():
        if 0 < counts[cell] < 5:
            assert (number.value, number.text) == (None, "c")
        elif number.value is not None:
            assert number.value % 5 == 0
            assert abs(number.value - counts[cell]) <= 2
            assert (number.value == 0) == (counts[cell] == 0)


def test_the_audit_finds_what_hiding_small_counts_alone_gives_away() -> None:
    """Parts 5 and 2 of 7: shown as 5, c and 5, the mark can only be 1 or 2, because 5 means 5 to 7."""
    counts, sums = line([5, 2])
    publication = Publication(counts=(5, 2, 7), sums=(Sum(total=2, parts=(0, 1)),), known=frozenset(), rule=STANDARD)
    alone = [Reason.SHOWN, Reason.SMALL, Reason.SHOWN]
    assert exposed(publication, alone, range(3)) == [1]
    bounds = {"part 0": (5, 7), "part 1": (1, 4), "total": (5, 7)}
    assert possible_values(bounds, sums, "part 1") == {1, 2}
    assert [number.text for number in protect(counts, sums).values()].count("c") == 2


@given(values=st.lists(LOW, min_size=1, max_size=4))
def test_the_audit_agrees_with_trying_every_table(values: list[int]) -> None:
    """The program's own audit, on small counts hidden and nothing else, against brute force."""
    counts, sums = line(values)
    numbered = tuple(range(len(values)))
    publication = Publication(
        counts=(*values, sum(values)), sums=(Sum(total=len(values), parts=numbered),), known=frozenset(), rule=STANDARD
    )
    reasons = [Reason.SMALL if 0 < count < 5 else Reason.SHOWN for count in counts.values()]
    found = exposed(publication, reasons, range(len(reasons)))
    total_small = 0 < sum(values) < 5
    bounds = {
        cell: ((0 if total_small and cell != "total" else 1), 4)
        if 0 < count < 5
        else ((0, 0) if count == 0 else (max(5, (count + 2) // 5 * 5 - 2), (count + 2) // 5 * 5 + 2))
        for cell, count in counts.items()
    }
    expected = [
        number
        for number, cell in enumerate(counts)
        if 0 < counts[cell] < 5 and not possible_values(bounds, sums, cell) >= {1, 4}
    ]
    assert found == expected


@given(values=st.lists(st.lists(COUNT, min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_table_with_both_margins_is_protected_as_its_sums_say(values: list[list[int]]) -> None:
    counts, sums = grid(values)
    rows = [(str(row), str(column), value) for row, line in enumerate(values) for column, value in enumerate(line)]
    rows += [(str(row), "total", counts[f"row {row}"]) for row in range(3)]
    rows += [("total", str(column), counts[f"column {column}"]) for column in range(3)]
    rows += [("total", "total", counts["all"])]
    frame = pl.DataFrame(rows, schema=["need", "setting", "people"], orient="row")
    result = protect_table(frame, value="people", groups=("need", "setting"))
    names = [*(f"{row},{column}" for row in range(3) for column in range(3))]
    names += [*(f"row {row}" for row in range(3)), *(f"column {column}" for column in range(3)), "all"]
    published = {
        name: Published(value=value, status=Status(status))
        for name, value, status in zip(names, result["people"], result["people_status"], strict=True)
    }
    assert_no_small_count_is_narrowed(counts, sums, published)
