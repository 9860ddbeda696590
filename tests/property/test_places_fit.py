"""Tests of fit against a plain reading of each test, pair by pair, and against the sets that a cohort is chosen by."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.casework.placement import Result
from rightplace.places.bases import BASES
from rightplace.places.candidates import candidates
from rightplace.places.children import CHILDREN
from rightplace.places.fit.coded import code
from rightplace.places.fit.fit import fit
from rightplace.places.fit.outcome import BARRING, Test, among
from rightplace.places.travel.law import limits
from rightplace.places.travel.speed import speeds
from rightplace.places.travel.transport import tariff
from rightplace.places.travel.travel import Travel

ON = date(2026, 9, 1)
ROADS = Travel(pace=speeds(ON), law=limits(ON), cost=tariff(ON))
WORDS = [f"provision {number:03d}" for number in range(70)]
NEEDS = ["ASD", "SLD", "OTH", "DS", "not_recorded"]
MET, NOT_MET, UNKNOWN = Result.MET, Result.NOT_MET, Result.UNKNOWN

maybe = st.none
settings_ = st.sampled_from(["1", "2", "3"])
words = st.lists(st.sampled_from([WORDS[0], WORDS[1], WORDS[69]]), unique=True, max_size=2)
metres = st.one_of(maybe(), st.sampled_from([0.0, 2_000.0, 15_000.0, 90_000.0]))

a_base = st.fixed_dictionaries({
    "setting_id": settings_, "base": st.sampled_from(["main", "unit"]), "setting_kind": st.sampled_from(["mainstream", "special_state"]),
    "needs": st.lists(st.sampled_from(["ASD", "SLD", "OTH"]), unique=True, max_size=2),
    "low_year_group": st.one_of(maybe(), st.integers(0, 5)), "high_year_group": st.one_of(maybe(), st.integers(5, 9)),
    "capacity": st.one_of(maybe(), st.integers(0, 4)), "roll": st.one_of(maybe(), st.integers(0, 4)),
    "sex": st.sampled_from(["M", "F", "X", None]), "residential": st.sampled_from([True, False, None]),
    "provides": words, "easting": metres, "annual_cost_gbp": st.one_of(maybe(), st.floats(1_000, 90_000)),
})  # fmt: skip
a_child = st.fixed_dictionaries({
    "year_group": st.integers(-1, 12), "need": st.sampled_from(NEEDS), "second_need": st.sampled_from([None, *NEEDS]),
    "provision": words, "sex": st.sampled_from(["M", "F", None]), "easting": metres,
    "now_setting_id": st.one_of(maybe(), settings_), "now_base": st.sampled_from(["main", "unit"]),
    "family_id": st.sampled_from([None, "H"]), "why": st.sampled_from(["staying", "phase_transfer"]),
    "sibling_settings": st.lists(settings_, unique=True, max_size=2),
    "preferences": st.lists(st.sampled_from(["1/", "2/main", "3/unit", "9/"]), unique=True, max_size=2),
})  # fmt: skip


def frames(children: list[dict[str, Any]], bases: list[dict[str, Any]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Frames with every column, each base once."""
    unique = {(base["setting_id"], base["base"]): base for base in bases}
    rows = [
        {**dict.fromkeys(BASES), **base, "northing": 0.0, "name": "A base", "capacity_basis": "not known"}
        for _, base in sorted(unique.items())
    ]
    kids = [
        {**dict.fromkeys(CHILDREN), **child, "person_id": f"P{at}", "northing": 0.0, "now_base": child["now_setting_id"] and child["now_base"]}
        for at, child in enumerate(children)
    ]  # fmt: skip
    return pl.DataFrame(kids, schema=CHILDREN), pl.DataFrame(rows, schema=BASES)


def is_at(child: dict[str, Any], base: dict[str, Any]) -> bool:
    return (child["now_setting_id"], child["now_base"]) == (base["setting_id"], base["base"])


def expected(
    child: dict[str, Any], base: dict[str, Any], kids: list[dict[str, Any]], minutes: float | None
) -> list[Result]:
    """Each test as its description has it, in plain words of Python and one pair at a time."""
    here = is_at(child, base)
    low, high = base["low_year_group"], base["high_year_group"]
    outside = (low is not None and child["year_group"] < low) or (high is not None and child["year_group"] > high)
    age = NOT_MET if outside else UNKNOWN if low is None or high is None else MET
    anyone = base["setting_kind"] == "mainstream" and base["base"] == "main" and not base["needs"]

    def set_up(need: str, *, asked_about: bool) -> Result:
        if need == "not_recorded" or not (anyone or base["needs"]):
            return UNKNOWN
        if anyone or need in base["needs"]:
            return MET
        return UNKNOWN if asked_about or need in ("OTH", "DS") else NOT_MET

    second = MET if child["second_need"] is None else set_up(child["second_need"], asked_about=True)
    provision = UNKNOWN
    if child["provision"] and base["provides"]:
        missing = set(child["provision"]) - set(base["provides"])
        provision = MET if not missing else UNKNOWN if here else NOT_MET
    there = [kid for kid in kids if is_at(kid, base)]
    stay = [kid for kid in there if kid["why"] == "staying"]
    places = UNKNOWN
    if here:
        places = MET
    elif base["capacity"] is not None and base["roll"] is not None:
        free = base["capacity"] - max(base["roll"] - len(there), 0) - len(stay)
        places = MET if free > 0 else NOT_MET
    guide = 45 if child["year_group"] < 7 else 75
    distance = UNKNOWN if minutes is None else MET if minutes <= guide else UNKNOWN if base["residential"] else NOT_MET
    sex = NOT_MET
    if base["sex"] == "X" or (base["sex"] is not None and base["sex"] == child["sex"]):
        sex = MET
    elif base["sex"] is None or child["sex"] is None:
        sex = UNKNOWN
    like = [
        kid
        for kid in stay
        if kid is not child and kid["need"] == child["need"] and abs(kid["year_group"] - child["year_group"]) <= 2
    ]
    all_ours = base["roll"] is not None and 0 < base["roll"] <= len(there)
    peers = UNKNOWN if child["need"] == "not_recorded" else MET if like else NOT_MET if all_ours else UNKNOWN
    known = base["setting_id"] == child["now_setting_id"] or base["setting_id"] in child["sibling_settings"]
    continuity = MET if known else NOT_MET if child["family_id"] else UNKNOWN
    return [age, set_up(child["need"], asked_about=here), second, provision, places, distance, sex, peers, continuity]


@given(st.lists(a_child, min_size=1, max_size=6), st.lists(a_base, min_size=1, max_size=5))
def test_every_pair_is_tested_as_the_plain_reading_has_it(
    children: list[dict[str, Any]], bases: list[dict[str, Any]]
) -> None:
    """An independent oracle of all nine tests; one definition serves words and sets (so both must agree with it)."""
    people, every = frames(children, bases)
    kids, places = people.to_dicts(), every.to_dicts()
    coded = code(people, every, ROADS)
    shown = candidates(people, every, ROADS)
    kept = {(row["child"], row["base"]): row for row in shown.to_dicts()}
    for at, child in enumerate(kids):
        for place, base in enumerate(places):
            found = fit(coded, at, place)
            wanted = expected(child, base, kids, found.minutes)
            assert [test.result for test in found.tests] == wanted
            assert all(test.evidence.endswith(".") for test in found.tests)
            barred = any(wanted[test] is NOT_MET for test in BARRING)
            assert found.suitable is not barred
            assert ((at, place) in kept) is not barred
            if not barred:
                row = kept[at, place]
                assert among(row["doubts"]) == tuple(test for test in Test if wanted[test] is UNKNOWN)
                assert among(row["against"]) == tuple(test for test in Test if wanted[test] is NOT_MET)
                assert row["stays"] is is_at(child, base)
                assert (row["km"] is None) is (child["easting"] is None or base["easting"] is None)


@given(st.lists(a_child, min_size=1, max_size=5), st.lists(a_base, min_size=1, max_size=5))
def test_learning_a_fact_never_turns_met_into_unknown(
    children: list[dict[str, Any]], bases: list[dict[str, Any]]
) -> None:
    """Unknown is not no: hiding a base's facts leaves each test as it was or unknown, never not met where it was met."""
    people, every = frames(children, bases)
    hidden = every.with_columns(
        pl.lit(None, pl.Int16).alias("low_year_group"), pl.lit(None, pl.Int16).alias("high_year_group"),
        pl.lit(None, pl.Int32).alias("capacity"), pl.lit(None, pl.String).alias("sex"),
        pl.lit([], pl.List(pl.String)).alias("provides"), pl.lit(None, pl.Float64).alias("easting"),
    )  # fmt: skip
    before, after = code(people, every, ROADS), code(people, hidden, ROADS)
    for at in range(people.height):
        for place in range(every.height):
            pairs = zip(fit(before, at, place).tests, fit(after, at, place).tests, strict=True)
            for with_facts, without in pairs:
                assert without.result in (with_facts.result, UNKNOWN)


@pytest.mark.parametrize("most", [1, 3, 7])
def test_candidates_are_the_asked_for_then_the_nearest_and_cheapest_by_turns(most: int) -> None:
    """A slow reading of the rule, for forty children and thirty bases in general position."""
    draw = np.random.Generator(np.random.PCG64(3))
    places = [
        {"setting_id": f"{at:02d}", "base": "main", "setting_kind": "special_state", "needs": [], "low_year_group": 0,
         "high_year_group": 12, "sex": "X", "easting": float(draw.uniform(0, 4e4)), "annual_cost_gbp": float(draw.uniform(1e4, 9e4)),
         "capacity": 5, "roll": 1, "residential": None, "provides": []}
        for at in range(30)
    ]  # fmt: skip
    kids = [
        {"year_group": 5, "need": "ASD", "second_need": None, "provision": [], "sex": "F", "easting": float(draw.uniform(0, 4e4)),
         "now_setting_id": f"{at % 30:02d}", "now_base": "main", "family_id": None, "why": "phase_transfer", "sibling_settings": [],
         "preferences": [f"{(7 * at) % 30:02d}/", f"{(11 * at + 1) % 30:02d}/main"]}
        for at in range(40)
    ]  # fmt: skip
    people, every = frames(kids, places)
    full = candidates(people, every, ROADS, most=30).to_dicts()
    assert len(full) == 40 * 30
    found = candidates(people, every, ROADS, most=most)
    assert found.equals(candidates(people, every, ROADS, most=most))
    for at in range(40):
        rows = [row for row in full if row["child"] == at]
        wanted = [
            row["base"] for row in sorted((row for row in rows if row["preference"]), key=lambda row: row["preference"])
        ]
        now = at % 30
        if now not in wanted:
            wanted = [*wanted[: most - 1], now]
        near = [row["base"] for row in sorted(rows, key=lambda row: row["km"])]
        cheap = [row["base"] for row in sorted(rows, key=lambda row: row["cost_gbp"])]
        for pair in zip(near, cheap, strict=True):
            wanted += [base for base in dict.fromkeys(pair) if base not in wanted]
        assert set(found.filter(pl.col("child") == at)["base"].to_list()) == set(wanted[:most])
