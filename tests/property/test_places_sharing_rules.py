"""Sharing adds up, keeps within its limits and the quota, does not depend on the order, and never punishes more need."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from rightplace.errors import UserError
from rightplace.places.sharing.framework import FACTORS, Factor, Framework
from rightplace.places.sharing.rounding import filled, whole
from rightplace.places.sharing.share import share

WEIGHTS = {"need": 0.5, "deprivation": 0.15, "distance": 0.1, "shortage": 0.25}
_numbers = st.integers(0, 5000).map(float)
_unsure = st.one_of(st.none(), _numbers)


def framework(floor: int = 0, cap: int | None = None) -> Framework:
    factors = tuple(Factor(name=name, label=FACTORS[name], weight=weight) for name, weight in WEIGHTS.items())
    return Framework(name="made up", factors=factors, unit="places", floor=floor, cap=cap, source="a test")


@st.composite
def areas(draw: st.DrawFn) -> pl.DataFrame:
    many = draw(st.integers(1, 9))
    column = st.lists(_unsure, min_size=many, max_size=many)
    need = [float(draw(st.integers(1, 5000))), *draw(st.lists(_numbers, min_size=many - 1, max_size=many - 1))]
    return pl.DataFrame(
        {"la_code": [f"A{i}" for i in range(many)], "need": need, **{name: draw(column) for name in list(WEIGHTS)[1:]}},
        schema={"la_code": pl.String, **dict.fromkeys(WEIGHTS, pl.Float64)},
    )


@given(areas(), st.integers(1, 20_000))
def test_adds_up_in_quota_whatever_the_order(made: pl.DataFrame, pot: int) -> None:
    found = share(made, pot, framework())
    assert found["amount"].sum() == pot
    assert found["share"].sum() == pytest.approx(1)
    parts = found.select(pl.sum_horizontal(f"share_{name}" for name in WEIGHTS)).to_series()
    assert (parts - found["share"]).abs().max() < 1e-12
    for amount, before in found.select("amount", "before_limits").iter_rows():
        assert floor(before - 1e-6) <= amount <= ceil(before + 1e-6)
    assert share(made.reverse(), pot, framework()).equals(found)


@given(areas(), st.integers(100, 20_000), st.integers(0, 8), st.integers(1, 3000))
def test_more_need_never_brings_less(made: pl.DataFrame, pot: int, which: int, more: int) -> None:
    """With a floor and a cap: what an area has never falls when its need, and nothing else, rises."""
    rules = framework(floor=min(5, pot // made.height), cap=pot)
    code = f"A{which % made.height}"
    raised = made.with_columns(
        pl.when(pl.col("la_code") == code).then(pl.col("need") + more).otherwise("need").alias("need")
    )
    before, after = (share(each, pot, rules).filter(la_code=code)["amount"].item() for each in (made, raised))
    assert after >= before


_shares = st.lists(st.integers(0, 50), min_size=1, max_size=7).filter(any)


@given(_shares, st.integers(0, 400), st.integers(0, 20), st.one_of(st.none(), st.integers(20, 90)))
def test_water_filling_agrees_with_a_search_for_the_level(
    parts: list[int], pot: int, low: int, high: int | None
) -> None:
    """The level by closed form against a root finder on the sum (scipy's brentq), and no answer where there is none."""
    shares = [Fraction(part, sum(parts)) for part in parts]

    def amounts(level: float) -> list[float]:
        return [min(max(level * float(each), low), high if high is not None else 1e18) for each in shares]

    most = sum(amounts(1e9))
    if low * len(parts) > pot or most < pot:
        with pytest.raises(ValueError, match=r"least|most"):
            filled(pot, shares, [low] * len(parts), [high] * len(parts))
        return
    found = filled(pot, shares, [low] * len(parts), [high] * len(parts))
    assert sum(found) == pot
    level = brentq(lambda at: sum(amounts(at)) - pot - 1e-9, 0, 1e9) if pot > low * len(parts) else 0.0
    assert [float(each) for each in found] == pytest.approx(amounts(level), abs=1e-4)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4).filter(any), st.integers(1, 7))
def test_rounding_is_the_nearest_of_all(parts: list[int], pot: int) -> None:
    """Of every way to share whole units, tried one by one, none is nearer to the exact shares (least squares: Birkhoff 1976)."""
    exact = [Fraction(pot * part, sum(parts)) for part in parts]

    def away(given: tuple[int, ...] | list[int]) -> Fraction:
        return sum(((one - other) ** 2 for one, other in zip(given, exact, strict=True)), Fraction(0))

    every = (given for given in product(range(pot + 1), repeat=len(parts)) if sum(given) == pot)
    found = whole(exact, [f"A{i}" for i in range(len(parts))])
    assert sum(found) == pot
    assert away(found) == min(away(given) for given in every)


def test_by_hand_with_a_floor_a_cap_and_what_is_not_known() -> None:
    """Need alone, 60:30:10 of 100, floor 20, cap 50: 10 is raised to 20, 60 held at 50, the one between has the other 30."""
    rules = Framework(
        name="need",
        factors=(Factor(name="need", label="need", weight=1.0),),
        unit="places",
        floor=20,
        cap=50,
        source="a test",
    )
    made = pl.DataFrame({"la_code": ["C", "B", "A", "D"], "need": [10.0, 30.0, 60.0, None]})
    found = share(made, 100, rules)
    assert found.select("la_code", "amount", "limit").rows() == [
        ("A", 50, "cap"),
        ("B", 30, ""),
        ("C", 20, "floor"),
        ("D", None, None),
    ]
    assert "left out" in found["reason"][3]
    assert "most of 50" in found["reason"][0]


def test_what_is_not_known_is_taken_as_the_share_of_the_need() -> None:
    """B's shortage is not known: of that half it has its quarter of the need, and A and C divide the other three quarters 2:1."""
    rules = Framework(
        name="two", unit="places", source="a test",
        factors=(Factor(name="need", label="need", weight=0.5), Factor(name="shortage", label="shortage", weight=0.5)),
    )  # fmt: skip
    made = pl.DataFrame({"la_code": ["A", "B", "C"], "need": [50.0, 25.0, 25.0], "shortage": [20.0, None, 10.0]})
    found = share(made, 80, rules)
    assert found["amount"].to_list() == [40, 20, 20]
    assert found["share_shortage"].to_list() == pytest.approx([0.25, 0.125, 0.125])
    assert "Not known" in found["reason"][1]


@pytest.mark.parametrize(
    ("change", "pot", "rules", "words"),
    [
        ({"need": [-1.0, 2.0]}, 10, framework(), "need is not a number from 0 up for A0"),
        ({"need": [float("nan"), 2.0]}, 10, framework(), "need is not a number"),
        ({"la_code": ["A0", "A0"]}, 10, framework(), "more than once: A0"),
        ({}, 0, framework(), "nothing to share"),
        ({"need": [None, None]}, 10, framework(), "No area has a need"),
        ({}, 10, framework(floor=6), "more than the pot of 10"),
        ({}, 10, framework(cap=4), "at the most of 4"),
    ],
)
def test_what_cannot_be_shared_is_refused_in_words(
    change: dict[str, list[float]], pot: int, rules: Framework, words: str
) -> None:
    made = pl.DataFrame({"la_code": ["A0", "A1"], **{name: [1.0, 2.0] for name in WEIGHTS}, **change})
    with pytest.raises(UserError, match=words):
        share(made, pot, rules)
