"""Pathways: every person is in one row, the accounts add up in every future, and another way of counting agrees."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.forecast.cohort.batch import Inputs
from rightplace.forecast.cohort.engine import simulate
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.individual.follow import follow
from rightplace.places.pathways import stages
from rightplace.places.pathways.accounts import accounts, capacity, measures
from rightplace.places.pathways.counting import Counts, count
from rightplace.progress import silent

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)
FUTURES = 12
KINDS = list(case.STATES.kinds)


@pytest.fixture(scope="module")
def followed() -> tuple[Inputs, np.ndarray, Counts]:
    """Followed futures of a made-up model, their stock by margin, and the counts."""
    run = simulate(case.STATES, case.made_model(), case.made_paths(FUTURES), case.START, seed=3, mode="individual")
    assert run.inputs is not None
    return run.inputs, run.stock, count(run.inputs, run.totals, silent)


def test_every_future_adds_up(followed: tuple[Inputs, np.ndarray, Counts]) -> None:
    """From a kind: all who were there in the January before; to a kind: all who are there now, as the engine counts them."""
    _, stock, counts = followed
    by_kind = stock[:, :, GROUPS + len(case.STATES.needs) :]
    flow = counts.moved.sum(axis=2)
    assert (flow[:, :, :-1, :].sum(axis=3) == by_kind[:, :-1]).all()
    assert (flow[:, :, :, :-1].sum(axis=2) == by_kind[:, 1:]).all()
    assert (flow[:, :, -1, -1] == 0).all()
    assert (counts.places.sum(axis=2) == by_kind).all()
    assert (counts.places.sum(axis=3) == stock[:, :, :GROUPS]).all()
    assert (counts.followed.sum(axis=3) == by_kind[:, :1]).all()
    found = measures(counts, KINDS)
    assert (found["held"] == found["leaving"] + found["staying"]).all()
    assert (found["needed"] == found["staying"] + found["arriving"]).all()
    assert (found["freed"] <= found["leaving"]).all()
    assert found["arriving"].sum() > 0
    assert found["leaving"].sum() > 0


def test_a_run_that_counted_by_cell_is_followed_too(followed: tuple[Inputs, np.ndarray, Counts]) -> None:
    """Its own totals are those of other futures: whoever is followed is as in the run that follows people, on the same seed."""
    run = simulate(case.STATES, case.made_model(), case.made_paths(FUTURES), case.START, seed=3, mode="cohort")
    assert run.inputs is not None
    assert (run.totals != followed[1][:, :, :GROUPS].sum(axis=2)).any()
    found = count(run.inputs, run.totals, silent)
    assert (found.moved == followed[2].moved).all()


def test_everyone_of_an_age_is_at_its_stage(followed: tuple[Inputs, np.ndarray, Counts]) -> None:
    """At 11, 16, 18 and 19: all now in Years 7, 12, 14 and the one after, and all who would have come to them."""
    _, stock, counts = followed
    for row, group in enumerate([7, 12, 14, 15]):
        arrived = counts.moved[:, :, row, :, :-1].sum(axis=(2, 3))
        assert (arrived == stock[:, 1:, group + 4]).all()
        before = counts.moved[:, :, row, :-1, :].sum(axis=(2, 3))
        assert (before == stock[:, :-1, group + 3]).all()
    oldest = counts.moved[:, :, list(stages.NAMES).index("25")]
    assert (oldest[:, :, :-1, -1].sum(axis=2) == stock[:, :-1, GROUPS - 1]).all()
    assert oldest[:, :, :, :-1].sum() == 0


def test_counting_person_by_person_agrees(followed: tuple[Inputs, np.ndarray, Counts]) -> None:
    """A slow count, one person at a time over the frame of everyone in a future, gives the same matrix."""
    inputs, _, counts = followed
    for future in (0, FUTURES - 1):
        kind_of: dict[int, dict[int, tuple[str, int]]] = {}
        rows = follow(inputs, 2025, future=future).filter(pl.col("event") != "left")
        for person, year, group, kind in rows.select("person", "year", "year_group", "setting_kind").iter_rows():
            kind_of.setdefault(person, {})[year] = (kind, group)
        wanted: Counter[tuple[int, str, str, str]] = Counter()
        for life in kind_of.values():
            for year in range(2025, 2025 + inputs.years):
                before, now = life.get(year), life.get(year + 1)
                if before or now:
                    age = (now[1] if now else before[1] + 1) + 4
                    stage = str(age) if age in (11, 16, 18, 19, 25) else "between"
                    wanted[year, stage, before[0] if before else "new", now[0] if now else "ended"] += 1
        found = {
            (2025 + t, stages.NAMES[s], [*KINDS, "new"][i], [*KINDS, "ended"][j]): int(counts.moved[future, t, s, i, j])
            for t, s, i, j in zip(*np.nonzero(counts.moved[future]), strict=True)
        }
        assert found == dict(wanted)


def test_places_short_are_said_only_where_places_are_known(followed: tuple[Inputs, np.ndarray, Counts]) -> None:
    _, _, counts = followed
    bases = pl.DataFrame(
        {
            "setting_kind": ["special_state", "special_state", "further_education"],
            "capacity": pl.Series([100, 50, None], dtype=pl.Int32),
        }
    )
    frame = accounts(counts, KINDS, range(2025, 2025 + case.YEARS), capacity(bases))
    special = frame.filter(setting_kind="special_state")
    assert special["places"].unique().to_list() == [150]
    assert (special["short_p50"] == (special["needed_p50"] - 150).clip(lower_bound=0)).all()
    needed = measures(counts, KINDS)["needed"][:, :, KINDS.index("special_state")]
    assert special["short_share"].to_list() == (needed > 150).mean(axis=0).tolist()
    for kind in ("further_education", "mainstream"):
        unknown = frame.filter(setting_kind=kind)
        assert (
            unknown.select("places", "short_p50", "short_p90", "short_share").null_count().row(0) == (case.YEARS,) * 4
        )
        assert unknown["needed_p50"].null_count() == 0


def test_freed_are_moves_back_and_out_of_alternative_provision() -> None:
    """A matrix filled by hand: 5 leave AP for other kinds and 2 plans end there; 3 of 4 special movers go to mainstream."""
    kinds = ["mainstream", "special_state", "alternative_provision"]
    moved = np.zeros((1, 1, len(stages.NAMES), 4, 4), np.int32)
    moved[0, 0, 5] = [[10, 1, 6, 0], [3, 20, 1, 4], [4, 1, 7, 2], [9, 2, 1, 0]]
    made = Counts(moved, np.zeros((1, 2, 3, 4), np.int32), np.zeros((1, 2, GROUPS, 3), np.int32))
    found = {name: values[0, 0].tolist() for name, values in measures(made, kinds).items()}
    assert found == {
        "held": [17, 28, 14], "leaving": [7, 8, 7], "staying": [10, 20, 7], "arriving": [16, 4, 8],
        "needed": [26, 24, 15], "freed": [0, 3, 5],
    }  # fmt: skip
