"""Who is who across returns: the rule against a slow oracle, and the cases it was made for."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rightplace.returns.assemble.people import identify

SCHEMA = {
    "census_year": pl.Int16(), "row": pl.UInt32(), "surname": pl.String(), "forename": pl.String(),
    "birth_date": pl.Date(), "upn": pl.String(), "uln": pl.String(),
}  # fmt: skip

records = st.lists(
    st.tuples(
        st.sampled_from([2023, 2024]),
        st.sampled_from(["Ash", "ASH ", "Birch"]),
        st.sampled_from(["Jo", "Sam"]),
        st.sampled_from([date(2010, 5, 1), date(2011, 5, 1), None]),
        st.sampled_from([None, None, "A1", "B2"]),
        st.sampled_from([None, None, "91", "92"]),
    ),
    max_size=9,
)


def _frame(rows: list[tuple[int, str, str, date | None, str | None, str | None]]) -> pl.DataFrame:
    return pl.DataFrame(
        [(year, number, *rest) for number, (year, *rest) in enumerate(rows)], schema=SCHEMA, orient="row"
    )


def _partition(frame: pl.DataFrame) -> set[frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for row, person in identify(frame).select("row", "person_id").iter_rows():
        groups.setdefault(person, set()).add(row)
    return {frozenset(group) for group in groups.values()}


def _oracle(rows: list[tuple[int, str, str, date | None, str | None, str | None]]) -> set[frozenset[int]]:
    """The rule of docs/methods/linking.md by repeated merging of sets, record by record."""

    def name(row: tuple[int, str, str, date | None, str | None, str | None]) -> tuple[str, str, date | None]:
        return row[1].strip().lower(), row[2].lower(), row[3]

    def ambiguous(key: tuple[str, str, date | None]) -> bool:
        same = [row for row in rows if name(row) == key]
        return any(len({row[column] for row in same if row[column]}) > 1 for column in (4, 5))

    def tied(a: int, b: int) -> bool:
        left, right = rows[a], rows[b]
        number = any(left[c] and left[c] == right[c] and left[3] == right[3] for c in (4, 5))
        return number or (name(left) == name(right) and not ambiguous(name(left)))

    groups = [{number} for number in range(len(rows))]
    merging = True
    while merging:
        merging = False
        for one, other in combinations(groups, 2):
            if any(tied(a, b) for a in one for b in other):
                one |= other
                groups.remove(other)
                merging = True
                break
    return {frozenset(group) for group in groups}


@given(records)
def test_people_are_the_connected_components_of_shared_keys(
    rows: list[tuple[int, str, str, date | None, str | None, str | None]],
) -> None:
    assert _partition(_frame(rows)) == _oracle(rows)


def test_a_child_who_gets_a_upn_is_one_child_and_keeps_no_name() -> None:
    frame = _frame(
        [(2023, "Ash", "Jo", date(2018, 1, 2), None, None), (2024, "Ash", "Jo", date(2018, 1, 2), "A1", None)]
    )
    assert identify(frame)["person_id"].to_list() == ["A1", "A1"]


def test_twins_with_one_birthday_and_surname_are_two() -> None:
    frame = _frame(
        [(2023, "Ash", "Jo", date(2018, 1, 2), "A1", None), (2023, "Ash", "Sam", date(2018, 1, 2), "B2", None)]
    )
    assert identify(frame)["person_id"].n_unique() == 2


def test_two_children_returned_under_one_upn_are_kept_apart_by_birthday() -> None:
    frame = _frame(
        [(2023, "Ash", "Jo", date(2018, 1, 2), "A1", None), (2023, "Elm", "Kit", date(2012, 3, 4), "A1", None)]
    )
    ids = identify(frame)["person_id"].to_list()
    assert sorted(ids) == ["A1-2012-03-04", "A1-2018-01-02"]


def test_a_person_with_no_number_is_known_by_a_hash_that_is_the_same_every_time() -> None:
    frame = _frame([(2023, "Ash", "Jo", date(2018, 1, 2), None, None)])
    person = identify(frame)["person_id"].item()
    assert person == identify(frame)["person_id"].item()
    assert "ash" not in person.lower()
    assert person.startswith("N")
    assert len(person) == 13


def test_no_records_is_no_people() -> None:
    assert identify(_frame([]))["person_id"].to_list() == []


def test_a_number_that_a_spreadsheet_shortened_ties_nobody_together() -> None:
    frame = _frame([(2026, "Ash", "Jo", None, None, "9.8E+09"), (2026, "Elm", "Kit", None, None, "9.8E+09")])
    assert identify(frame)["person_id"].n_unique() == 2
