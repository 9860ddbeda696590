"""Why each child is where it is, in a sentence or a few: written for a whole cohort at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rightplace.places.assign.options import Flags
from rightplace.places.assign.plan import Plan
from rightplace.places.assign.problem import NOWHERE, Index, Whole
from rightplace.places.assign.seats import KNOWN
from rightplace.places.fit.outcome import Test

ASSIGNMENTS: Final = ("person", "setting", "base", "preference", "km", "minutes", "cost_gbp", "reason")
"""Columns of the frame of assignments. ``preference`` is the rank of the family's wish that was met; null when none."""

_ORDINALS: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facts:
    """What reasons are written from, a place a child, beside the plan.

    ``row`` is the row of the given candidate in the frame of candidates, -1 without; ``first`` that of the candidate
    of the first choice that is nearest to being given, -1 where it is no candidate. ``extra`` is what giving the first
    choice would add to the plan's cost at the prices of its places. ``not_open`` says in words why a first choice is
    no candidate.
    """

    children: pl.DataFrame
    candidates: pl.DataFrame
    held: pl.DataFrame
    plan: Plan
    row: Whole
    first: Whole
    extra: Whole
    not_open: pl.Series


def reduced(plan: Plan) -> Whole:
    """What giving each candidate of the problem would add to the plan's cost at the prices of places, int64[arcs]."""
    of, prices = plan.problem, plan.prices
    return of.cost + prices.base_price[of.base] - prices.child_price[of.child_of_arc()]


def facts(
    children: pl.DataFrame, candidates: pl.DataFrame, held: pl.DataFrame, plan: Plan, not_open: pl.Series
) -> Facts:
    """Facts of a plan. ``candidates`` are those the plan was asked with, in the same order."""
    every = plan.asked.options
    row = _row(every.base, every.child, plan.base)
    extra = reduced(plan)
    first, first_extra = np.full(len(plan.base), -1, np.int64), np.zeros(len(plan.base), np.int64)
    asked_first = np.flatnonzero(plan.options.preference == 1)
    # Written from the dearest to the cheapest, so that the cheapest of a child's first choices stays.
    order = asked_first[np.argsort(-extra[asked_first], kind="stable")]
    child = plan.options.child[order]
    first[child] = plan.options.base[order]
    first_extra[child] = extra[order]
    missing = np.flatnonzero(every.preference == 1)
    unset = first[every.child[missing]] == -1
    first[every.child[missing[unset]]] = every.base[missing[unset]]
    return Facts(
        children=children,
        candidates=candidates,
        held=held,
        plan=plan,
        row=row,
        first=first,
        extra=first_extra,
        not_open=not_open,
    )


def assignments(of: Facts) -> pl.DataFrame:
    """Children with a place: columns as :data:`ASSIGNMENTS`."""
    placed = np.flatnonzero(of.plan.base != NOWHERE)
    at, row = of.plan.base[placed], of.row[placed]
    there = of.candidates.select("preference", "km", "minutes", "cost_gbp")
    known = there[np.maximum(row, 0)] if there.height else there.clear(len(row))
    given = pl.Series(row >= 0)
    return pl.DataFrame(
        {
            "person": of.children["person_id"].gather(placed),
            "setting": of.held["setting"].gather(at),
            "base": of.held["base"].gather(at),
        }
    ).with_columns(
        *(pl.when(given).then(known[name]).alias(name) for name in ("preference", "km", "minutes", "cost_gbp")),
        reason=_sentences(of, placed, row),
    )


def _sentences(of: Facts, placed: Whole, row: Whole) -> pl.Series:
    plan, every = of.plan, of.plan.asked.options
    at = plan.base[placed]
    rank = np.where(row >= 0, every.preference[np.maximum(row, 0)] if len(every.base) else 0, 0)
    frame = pl.DataFrame(
        {
            "rank": rank,
            "asked": of.children["preferences"].list.len().fill_null(0).gather(placed),
            "pinned": plan.asked.pinned[placed] != NOWHERE,
            "candidate": row >= 0,
            "outside": plan.stays_outside[placed],
            "own": plan.asked.own[placed] == at,
            "nearer": _nearer(of)[placed],
            "suitable": np.diff(every.start)[placed],
            "doubts": _tests("Not known: ", _bits(of, "doubts", row)),
            "against": _tests("Against: ", _bits(of, "against", row)),
            "unknown_places": (of.held["basis"] != KNOWN).gather(at),
            "basis": of.held["basis"].gather(at),
            "first_choice": _first_choice(of, placed),
        }
    )
    return frame.select(
        pl.concat_str(
            _lead(),
            pl.when((pl.col("rank") != 1) & ~pl.col("pinned")).then("first_choice"),
            _nearness(),
            pl.when("unknown_places").then(pl.lit("Check that there is a place: ") + pl.col("basis") + "."),
            "doubts",
            "against",
            separator=" ",
            ignore_nulls=True,
        )
    ).to_series()


def _lead() -> pl.Expr:
    rank, asked = pl.col("rank"), pl.col("asked")
    ordinal = rank.replace_strict(dict(enumerate(_ORDINALS, 1)), default=None, return_dtype=pl.String)
    ordinal = pl.coalesce(ordinal, pl.lit("Choice ") + rank.cast(pl.String))
    return (
        pl.when("pinned")
        .then(pl.lit("Pinned by hand.") + pl.when("candidate").then(pl.lit("")).otherwise(pl.lit(" Not a candidate: check that it suits.")))
        .when("outside")
        .then(pl.lit("Stays where it is, though the base has more children than places."))
        .when("own")
        .then(pl.lit("Keeps the place it has."))
        .when(rank > 0)
        .then(ordinal + pl.when(rank <= len(_ORDINALS)).then(pl.lit(" choice of the family.")).otherwise(pl.lit(" of the family.")))
        .when(asked > 0)
        .then(pl.lit("Not a choice of the family."))
        .otherwise(pl.lit("The family has asked for no setting."))
    )  # fmt: skip


def _nearness() -> pl.Expr:
    nearer, suitable = pl.col("nearer"), pl.col("suitable")
    return pl.when((pl.col("rank") != 1) & pl.col("candidate") & (suitable > 1)).then(
        pl.when(nearer == 0)
        .then(pl.lit("Nearest of ") + suitable.cast(pl.String) + " suitable bases.")
        .otherwise(nearer.cast(pl.String) + " of " + suitable.cast(pl.String) + " suitable bases are nearer.")
    )


def _first_choice(of: Facts, rows: Whole) -> pl.Series:
    """What stands between each of these children and its first choice; null without one."""
    plan, first = of.plan, of.first[rows]
    at = np.maximum(first, 0)
    seats = np.append(plan.asked.seats, 0)[at]
    kept = of.held["kept"].to_numpy()[at] if of.held.height else at
    frame = pl.DataFrame(
        {
            "name": of.held["name"].gather(at) if of.held.height else pl.Series([], dtype=pl.String),
            "known": first >= 0,
            "asked": of.children["preferences"].list.len().fill_null(0).gather(rows) > 0,
            "room": plan.load[at] < seats if of.held.height else first >= 0,
            "next": of.extra[rows] == 0,
            "seats": seats,
            "kept": kept,
            "why": of.not_open.gather(rows),
        }
    )
    weighed = (
        "the stated weights count its journey and cost for more"
        if plan.asked.weights
        else "a brother or sister is elsewhere"
    )
    full = (
        pl.when(pl.col("seats") == 0)
        .then(pl.lit(" has no place to give"))
        .otherwise(pl.lit(" is full, with ") + pl.col("seats").cast(pl.String) + " to give")
        + pl.when(pl.col("kept") > 0).then(pl.lit(" and ") + pl.col("kept").cast(pl.String) + " kept").otherwise(pl.lit(""))
    )  # fmt: skip
    return frame.select(
        pl.when(pl.col("asked") & ~pl.col("known"))
        .then(pl.lit("First choice not open: ") + pl.col("why"))
        .when(pl.col("asked") & pl.col("room"))
        .then(pl.lit("First choice ") + pl.col("name") + f" has room, but {weighed}.")
        .when("asked")
        .then(
            pl.lit("First choice ")
            + pl.col("name")
            + full
            + pl.when("next")
            .then(pl.lit(": one more place there would come to this child."))
            .otherwise(pl.lit(": one more place there would come to another child first."))
        )
    ).to_series()


def _tests(lead: str, bits: pl.Series) -> pl.Series:
    """The names of the tests of each set, in words; null for none. Places and continuity are told in other words."""
    told = [test for test in Test if test not in (Test.PLACES, Test.CONTINUITY)]
    words = {}
    for held in bits.unique().to_list():
        names = [test.name.lower().replace("_", " ") for test in told if held >> int(test) & 1]
        if names:
            words[held] = f"{lead}{', '.join(names)}."
    return bits.replace_strict(words, default=None, return_dtype=pl.String)


def _bits(of: Facts, column: str, row: Whole) -> pl.Series:
    if column not in of.candidates.columns or not of.candidates.height:
        return pl.Series(np.zeros(len(row), np.int64))
    bits = of.candidates[column].gather(np.maximum(row, 0)).fill_null(0).cast(pl.Int64)
    return bits.zip_with(pl.Series(row >= 0), pl.zeros(len(row), pl.Int64, eager=True))


def _nearer(of: Facts) -> Whole:
    """How many candidates of each child are nearer than the one it is given."""
    every = of.plan.asked.options
    if not len(every.base):
        return np.zeros(len(of.row), np.int64)
    given = np.where(of.row >= 0, every.km[np.maximum(of.row, 0)], -1.0)
    closer: Flags = every.km < given[every.child]
    return np.bincount(every.child[closer], minlength=len(of.row))


def _row(base: Index, child: Index, given: Index) -> Whole:
    row = np.full(len(given), -1, np.int64)
    used = np.flatnonzero(base == given[child])
    row[child[used]] = used
    return row
