"""A cohort placed from frames: the order of the aims, decisions by hand, over-full bases, and reasons that name what stands."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from rightplace.errors import DataError, UserError
from rightplace.places.assign.changes import Changes, Choice, from_text
from rightplace.places.assign.place import Ask, place
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.seats import KNOWN, NOT_KNOWN, SEATS, keep, late_places, seats
from rightplace.places.assign.weights import Weights
from rightplace.places.assign.weights import from_text as weights_from

KINDS = {"ethnicity": pl.String, "family_id": pl.String, "easting": pl.Float64, "northing": pl.Float64}


def kid(person: str, *wishes: str, **more: Any) -> dict[str, Any]:
    about = {
        "need": "ASD",
        "ethnicity": None,
        "deprivation_decile": 3,
        "family_id": None,
        "easting": 0.0,
        "northing": 0.0,
    }
    asked = [f"{wish}/main" for wish in wishes]
    return {"person_id": person, "why": "waiting", "preferences": asked, "sibling_settings": [], **about, **more}


def placed(
    kids: list[dict[str, Any]],
    room: dict[str, int],
    ways: dict[tuple[str, str], tuple[float, float]],
    over: tuple[str, ...] = (),
    **ask: Any,
) -> Placements:
    """``room`` is seats by setting; ``ways`` minutes and pounds by person and setting."""
    children = pl.DataFrame(
        kids, schema_overrides={**KINDS, "preferences": pl.List(pl.String), "sibling_settings": pl.List(pl.String)}
    )
    names = list(room)
    bases = pl.DataFrame({"setting_id": names, "base": "main", "name": [f"School {name}" for name in names]})
    held = pl.DataFrame(
        [
            (name, "main", f"School {name}", room[name], 0, 0, room[name], 0, NOT_KNOWN if name in over else KNOWN)
            for name in names
        ],
        schema=SEATS,
        orient="row",
    )
    people = children["person_id"].to_list()
    rows = []
    for (person, setting), (minutes, gbp) in ways.items():
        child = kids[people.index(person)]
        rank = child["preferences"].index(f"{setting}/main") + 1 if f"{setting}/main" in child["preferences"] else None
        stays = child.get("now") == setting
        rows.append((people.index(person), names.index(setting), minutes / 2, minutes, gbp, rank, stays, 0, 0))
    columns = ("child", "base", "km", "minutes", "cost_gbp", "preference", "stays", "doubts", "against")
    candidates = pl.DataFrame(
        rows, schema=dict.fromkeys(columns, pl.Float64) | {"stays": pl.Boolean}, orient="row"
    ).cast({"child": pl.UInt32, "base": pl.UInt32, "preference": pl.Int16, "doubts": pl.UInt16, "against": pl.UInt16})
    return place(children, bases, candidates, held, Ask(**ask))


def where(of: Placements) -> dict[str, str]:
    return dict(of.assignments.select("person", "setting").iter_rows())


def reason(of: Placements, person: str) -> str:
    both = pl.concat([of.assignments.select("person", "reason"), of.unplaced])
    return str(both.filter(pl.col("person") == person)["reason"][0])


def test_placing_one_more_child_comes_before_any_number_of_wishes() -> None:
    """P1 wants A and could go to B; P2 can only go to A: P1 gives way though nobody then has a first choice."""
    ways = {("P1", "A"): (5, 100), ("P1", "B"): (90, 90_000), ("P2", "A"): (80, 80_000)}
    found = placed([kid("P1", "A"), kid("P2")], {"A": 1, "B": 1}, ways)
    assert where(found) == {"P1": "B", "P2": "A"}
    assert found.certificate().proved


def test_wishes_come_before_travel_and_travel_before_money() -> None:
    far_and_dear = {("P1", "A"): (70.0, 60_000.0), ("P1", "B"): (5.0, 1.0)}
    assert where(placed([kid("P1", "A")], {"A": 1, "B": 1}, far_and_dear)) == {"P1": "A"}
    near_and_dear = {("P1", "A"): (5.0, 60_000.0), ("P1", "B"): (6.0, 1.0)}
    assert where(placed([kid("P1")], {"A": 1, "B": 1}, near_and_dear)) == {"P1": "A"}
    cheaper = {("P1", "A"): (5.0, 60_000.0), ("P1", "B"): (5.0, 1.0)}
    assert where(placed([kid("P1")], {"A": 1, "B": 1}, cheaper)) == {"P1": "B"}


def test_stated_weights_let_money_outweigh_a_wish_and_the_reason_says_so() -> None:
    ways = {("P1", "A"): (70.0, 60_000.0), ("P1", "B"): (5.0, 1.0)}
    found = placed([kid("P1", "A")], {"A": 1, "B": 1}, ways, weights=Weights(unplaced=1e6, preference=1, gbp=1))
    assert where(found) == {"P1": "B"}
    assert "School A has room, but the stated weights count its journey and cost for more" in reason(found, "P1")


def test_a_full_first_choice_says_who_one_more_place_would_come_to() -> None:
    ways = {
        ("P1", "A"): (5, 0),
        ("P1", "B"): (10, 0),
        ("P2", "A"): (5, 0),
        ("P2", "B"): (40, 0),
        ("P3", "A"): (5, 0),
        ("P3", "B"): (20, 0),
    }
    found = placed([kid("P1", "A"), kid("P2", "A"), kid("P3", "A")], {"A": 1, "B": 9}, ways)
    assert where(found) == {"P1": "B", "P2": "A", "P3": "B"}
    assert "one more place there would come to this child" in reason(found, "P3")
    assert "one more place there would come to another child first" in reason(found, "P1")
    assert found.settings["ranks_nearer"].to_list() == [1, 0]
    said = found.explain("P3").choices[0]
    assert (
        said.would_change
        == "With one place more there, nobody would have to move. Without it, at best, 1 other child would move."
    )
    assert said.others == ("P2: from School A to School B",)


def test_a_child_without_a_place_is_told_which_bases_are_full_and_where_one_more_would_do() -> None:
    ways = {("P1", "A"): (5, 0), ("P2", "A"): (9, 0)}
    found = placed([kid("P1"), kid("P2"), kid("P3")], {"A": 1}, ways)
    assert found.unplaced["person"].to_list() == ["P2", "P3"] or found.unplaced["person"].to_list() == ["P1", "P3"]
    out = found.unplaced["person"][0]
    assert reason(found, out) == (
        "The one suitable base has no place left: School A. One more place at School A would give this child a place."
    )
    assert reason(found, "P3") == "No base is among its candidates."
    assert found.settings["more_placed"].to_list() == [1]


def test_who_asked_to_move_keeps_its_place_unless_it_gets_a_wish() -> None:
    """P1 is at A and asks for B. P2 can only go to A. Without room at B, P1 keeps A though P2 is then without a place."""
    kids = [kid("P1", "B", why="asked_to_move", now="A"), kid("P2")]
    ways = {("P1", "A"): (5, 0), ("P1", "B"): (5, 0), ("P1", "C"): (1, 0), ("P2", "A"): (5, 0)}
    kept = placed(kids, {"A": 1, "B": 0, "C": 5}, ways)
    assert where(kept) == {"P1": "A"}
    assert reason(kept, "P1").startswith("Keeps the place it has. First choice School B has no place to give")
    assert where(placed(kids, {"A": 1, "B": 1, "C": 5}, ways)) == {"P1": "B", "P2": "A"}


def test_an_over_full_base_gives_no_place_and_loses_none() -> None:
    """A has a place fewer than those in it: P1, who asked for B in vain, stays on; nobody else can come."""
    kids = [kid("P1", "B", why="asked_to_move", now="A"), kid("P2")]
    ways = {("P1", "A"): (5, 0), ("P1", "B"): (5, 0), ("P2", "A"): (5, 0)}
    found = placed(kids, {"A": 0, "B": 0}, ways)
    assert where(found) == {"P1": "A"}
    assert "though the base has more children than places" in reason(found, "P1")
    assert "School A has 1 more than its places and gives none." in found.notes
    assert found.settings["assigned"].to_list() == [0, 0]


def test_brothers_and_sisters_go_together_where_no_wish_or_place_is_lost() -> None:
    ways = {("P1", "A"): (5, 0), ("P1", "B"): (6, 0), ("P2", "A"): (6, 0), ("P2", "B"): (5, 0)}
    kids = [kid("P1", family_id="F"), kid("P2", family_id="F")]
    together = where(placed(kids, {"A": 2, "B": 2}, ways))
    assert together["P1"] == together["P2"]
    apart = where(placed([kid("P1"), kid("P2")], {"A": 2, "B": 2}, ways))
    assert apart == {"P1": "A", "P2": "B"}
    staying = [kid("P1", sibling_settings=["B"])]
    assert where(placed(staying, {"A": 1, "B": 1}, {("P1", "A"): (5, 0), ("P1", "B"): (60, 0)})) == {"P1": "B"}


def test_pins_bars_and_kept_places_hold() -> None:
    ways = {("P1", "A"): (5, 0), ("P1", "B"): (9, 0), ("P2", "A"): (5, 0), ("P2", "B"): (9, 0)}
    kids, room = [kid("P1", "A"), kid("P2", "A")], {"A": 2, "B": 2, "C": 1}
    pinned = placed(kids, room, ways, changes=Changes(pins=(from_text("P1=C/main"),)))
    assert where(pinned) == {"P1": "C", "P2": "A"}
    assert reason(pinned, "P1") == "Pinned by hand. Not a candidate: check that it suits."
    barred = placed(kids, room, ways, changes=Changes(bars=(from_text("P1=A/main"),)))
    assert where(barred) == {"P1": "B", "P2": "A"}
    late = placed(kids, room, ways, kept=pl.DataFrame({"setting": ["A"], "base": ["main"], "kept": [1]}))
    assert sorted(where(late).values()) == ["A", "B"]
    assert late.settings["kept"].to_list() == [1, 0, 0]
    assert "with 1 to give and 1 kept" in " ".join(late.assignments["reason"])


@pytest.mark.parametrize(
    ("pins", "bars", "words"),
    [
        (("P1=A/main", "P2=A/main"), (), "2 are pinned to A/main .School A., which has places to give for 1"),
        (("P1=A/main", "P1=B/main"), (), "P1 is pinned to 2 bases"),
        (("P1=A/main",), ("P1=A/main",), "P1=A/main is pinned and barred"),
    ],
)
def test_pins_that_cannot_all_hold_are_named(pins: tuple[str, ...], bars: tuple[str, ...], words: str) -> None:
    changes = Changes(pins=tuple(map(from_text, pins)), bars=tuple(map(from_text, bars)))
    with pytest.raises(DataError, match=words):
        placed([kid("P1"), kid("P2")], {"A": 1, "B": 1}, {("P1", "A"): (5, 0)}, changes=changes)


def test_what_is_not_there_is_named() -> None:
    ways = {("P1", "A"): (5, 0)}
    for choice, words in (
        (Choice(person="P9", setting="A", base="main"), "P9 does not need"),
        (from_text("P1=A/unit"), "A/unit is not a base"),
    ):
        with pytest.raises(UserError, match=words):
            placed([kid("P1")], {"A": 1}, ways, changes=Changes(pins=(choice,)))
    with pytest.raises(UserError, match="Z/main"):
        placed([kid("P1")], {"A": 1}, ways, kept=pl.DataFrame({"setting": ["Z"], "base": ["main"], "kept": [1]}))
    with pytest.raises(UserError, match="PERSON=SETTING/BASE"):
        from_text("P1 to A")
    with pytest.raises(UserError, match="not among those who need"):
        placed([kid("P1")], {"A": 1}, ways).explain("P7")
    for text, words in (
        ("pounds=3", "no weight called"),
        ("unplaced=many", "not a number"),
        ("gbp=1", "not given"),
        ("unplaced=-1", "below nought"),
    ):
        with pytest.raises(UserError, match=words):
            weights_from(text)
    assert weights_from("unplaced=9, gbp=0.5") == Weights(unplaced=9, gbp=0.5, preference=0)


def test_nobody_and_nowhere_are_answers_too() -> None:
    found = placed([kid("P1", "Z")], {"A": 1}, {})
    assert found.unplaced.rows() == [("P1", "No base is among its candidates.")]
    assert found.second_best().is_empty()


def test_seats_are_capacity_less_everyone_who_stays() -> None:
    """10 places, 9 on roll of whom 6 are ours and 4 of those stay: 3 others and 4 stay, so 3 are free. 8 of 7: over-full."""
    bases = pl.DataFrame(
        {
            "setting_id": list("ABCD"),
            "base": "main",
            "name": list("ABCD"),
            "capacity": [10, 7, None, None],
            "roll": [9, 8, 9, None],
        }
    )
    import numpy as np

    held = seats(bases, now=np.array([6, 8, 6, 2]), staying=np.array([4, 8, 4, 1]), asking=50)
    assert held["seats"].to_list() == [3, 0, 2, 50]
    assert held["over_full"].to_list() == [0, 1, 0, 0]
    assert keep(held, 2, owned=np.array([2, 0, 0, 0]))["kept"].to_list() == [1, 0, 0, 0]


def test_places_kept_for_late_arrivals_are_a_quantile_of_futures_divided_by_seats() -> None:
    """Five futures of 0, 2, 3, 4 and 9 joiners: 4 are enough in 80% of them; divided 3 to 1 by seats of 6 and 2."""
    held = pl.DataFrame(
        [(name, "main", name, 9, 0, 0, number, 0, KNOWN) for name, number in (("A", 6), ("B", 2), ("C", 5))],
        schema=SEATS,
        orient="row",
    )
    joiners = pl.DataFrame(
        {"setting_kind": ["special"] * 4 + ["unit"], "future": [1, 2, 3, 4, 0], "people": [2, 3, 4, 9, 0]}
    )
    kept = late_places(joiners, held, pl.Series(["special", "special", "unit"]), share=0.8)
    assert sorted(kept.rows()) == [("A", "main", 3), ("B", "main", 1), ("C", "main", 0)]
