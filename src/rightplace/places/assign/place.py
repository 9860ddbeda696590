"""A cohort to places, from frames: seats, candidates and decisions by hand in, the plan and its reasons out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from rightplace.places.assign import changes as by_hand
from rightplace.places.assign import together, why_not
from rightplace.places.assign.changes import Changes
from rightplace.places.assign.fairness import fairness
from rightplace.places.assign.options import Flags, Options, by_child, options
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.plan import Asked, Plan, make
from rightplace.places.assign.problem import NOWHERE, Index, Whole
from rightplace.places.assign.reasons import Facts, assignments, facts
from rightplace.places.assign.seats import KNOWN, NOT_KNOWN, keep
from rightplace.places.assign.unplaced import unplaced
from rightplace.places.assign.weights import Weights
from rightplace.places.assign.worth import worth
from rightplace.places.children import ASKED_TO_MOVE
from rightplace.places.fit.coded import Coded
from rightplace.progress import Progress, silent

_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """How the plan is to be made.

    ``weights``: None for the aims in their order. ``kept``: places kept for late arrivals, a number for every base or
    a frame of setting, base and kept.
    """

    weights: Weights | None = None
    changes: Changes = by_hand.NONE
    kept: pl.DataFrame | int | None = None


def place(
    children: pl.DataFrame,
    bases: pl.DataFrame,
    candidates: pl.DataFrame,
    held: pl.DataFrame,
    ask: Ask,
    *,
    coded: Coded | None = None,
    rows: Whole | None = None,
    progress: Progress = silent,
) -> Placements:
    """The plan for ``children``, every one of whom needs a place.

    ``candidates`` name rows of ``children`` and ``bases``; ``held`` is the frame of seats
    (:data:`~rightplace.places.assign.seats.SEATS`), a row a base. ``coded`` with ``rows``, the row of each child in it,
    lets reasons name the tests that stand in the way.

    Raises ``DataError`` for pins that cannot all hold, ``UserError`` for a person or base that is not there.
    """
    progress(0, _STEPS, "placing the cohort")
    rest = by_child(_without_barred(candidates, children, held, ask.changes))
    every = options(children, bases, rest)
    asked, kept_held = _asked(children, held, every, ask)
    plan = make(asked)
    progress(1, _STEPS, "placing the cohort")
    plan = _families_together(plan, children, bases)
    progress(2, _STEPS, "placing the cohort")
    child = np.arange(children.height) if rows is None else rows
    known = facts(children, rest, kept_held, plan, why_not.not_open(coded, child, children, bases, _shut(every)))
    suits = why_not.nothing_suits(coded, child, (np.diff(every.start) == 0) & (plan.base == NOWHERE))
    progress(3, _STEPS, "placing the cohort")
    assigned = assignments(known)
    made = Placements(
        assignments=assigned,
        unplaced=unplaced(known, suits),
        settings=_settings(known),
        fairness=fairness(children, assigned),
        facts=known,
        notes=_notes(known),
        coded=coded,
    )
    progress(_STEPS, _STEPS, "placing the cohort")
    return made


def _asked(children: pl.DataFrame, held: pl.DataFrame, every: Options, ask: Ask) -> tuple[Asked, pl.DataFrame]:
    bases = held.height
    own = _own(children, every)
    owned = np.bincount(own[own != NOWHERE], minlength=bases)
    over = owned > held["seats"].to_numpy()
    with_over = held.with_columns(
        seats=pl.when(pl.Series(over)).then(0).otherwise("seats"),
        over_full=pl.when(pl.Series(over)).then(pl.col("over_full") + pl.Series(owned) - pl.col("seats")).otherwise("over_full"),
    )  # fmt: skip
    left = keep(with_over, ask.kept, owned=np.where(over, 0, owned))
    outside = np.where((own != NOWHERE) & over[own], own, NOWHERE).astype(np.int32)
    asked = Asked(
        options=every,
        seats=left["seats"].to_numpy().astype(np.int64),
        pinned=by_hand.pinned(ask.changes, children["person_id"], left, outside),
        own=own,
        over=over,
        weights=ask.weights,
    )
    return asked, left


def _shut(every: Options) -> Flags:
    """Children with no candidate that is their first choice."""
    first = np.bincount(every.child[every.preference == 1], minlength=len(every.start) - 1)
    shut: Flags = first == 0
    return shut


def _own(children: pl.DataFrame, every: Options) -> Index:
    """The base where a child who asked to move has a place that suits it, int32[children], or ``NOWHERE``."""
    moves = (children["why"] == ASKED_TO_MOVE).fill_null(False).to_numpy()  # noqa: FBT003
    own = np.full(children.height, NOWHERE, np.int32)
    stays = np.flatnonzero(every.stays & moves[every.child])
    own[every.child[stays]] = every.base[stays]
    return own


def _without_barred(
    candidates: pl.DataFrame, children: pl.DataFrame, held: pl.DataFrame, changes: Changes
) -> pl.DataFrame:
    pairs = by_hand.rows(changes.bars, children["person_id"], held, what="--bar")
    if not pairs:
        return candidates
    barred = pl.DataFrame(pairs, schema={"child": pl.UInt32, "base": pl.UInt32}, orient="row")
    return candidates.join(
        barred, left_on=[pl.col("child").cast(pl.UInt32), pl.col("base").cast(pl.UInt32)], right_on=["child", "base"], how="anti"
    )  # fmt: skip


def _families_together(plan: Plan, children: pl.DataFrame, bases: pl.DataFrame) -> Plan:
    """The plan made again with brothers and sisters asking for one setting, if they then are apart less and none is worse off.

    Worse off means more children without a place, or further from their choices.
    """
    found = together.families(children)
    if found.is_empty() or not len(plan.options.base):
        return plan
    setting = bases["setting_id"].rank("dense").cast(pl.Int64)
    before = together.split(plan, found, setting)
    if before == 0:
        return plan
    again = make(replace(plan.asked, options=together.asking_together(plan, found, setting)))
    better = together.split(again, found, setting) < before and _loss(again) <= _loss(plan)
    return again if better else plan


def _loss(of: Plan) -> tuple[int, int]:
    """Children without a place, and ranks below the first choice of those with one."""
    every = of.asked.options
    used = every.base == of.base[every.child]
    return int((of.base == NOWHERE).sum()), int(every.points[used].sum())


def _settings(of: Facts) -> pl.DataFrame:
    return pl.concat(
        [
            of.held.select(
                "setting",
                "base",
                "name",
                "capacity",
                "staying",
                "kept",
                seats=pl.when(pl.col("basis") != NOT_KNOWN).then("seats"),
            ),
            pl.DataFrame({"assigned": of.plan.load.astype(np.int64)}),
            worth(of.plan),
            of.held.select("over_full", "basis"),
        ],
        how="horizontal",
    )


def _notes(of: Facts) -> tuple[str, ...]:
    over = of.held.filter(pl.col("over_full") > 0)
    notes = [
        f"{name} has {number} more than its places and gives none."
        for name, number in over.select("name", "over_full").iter_rows()
    ]
    unknown = int(((of.held["basis"] != KNOWN) & pl.Series(of.plan.load > 0)).sum())
    if unknown:
        notes.append(f"{unknown} bases are given children though their number of places is not known.")
    blind = of.children.filter(pl.col("easting").is_null() | pl.col("northing").is_null()).height
    if blind:
        notes.append(f"{blind} children have no home that is known, so their journeys are not.")
    return tuple(notes)
