"""Six forecasts of Januaries not yet seen, on the published demonstration of witan.send (Mastodon C, public repository, folder data/demo)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.forecast.transition_counts import as_people, skill
from rightplace.forecast.transition_counts.inputs import Inputs, from_files
from rightplace.returns.transition_counts import read_folder

LUCKY = (2014, 2016)
"""The fold on which the transition-count model's mean is within one person of the truth: no honest range scores as well."""


@pytest.fixture(scope="module")
def demo(open_data: Path) -> Inputs:
    return from_files(read_folder(open_data / "witan_demo"))


@pytest.fixture(scope="module")
def rows(demo: Inputs) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Folds of the transition-count model and of ours."""
    shape = {"futures": 1000, "seed": 1}
    theirs = skill.folds(demo, foresee=skill.forecaster(**shape))
    return theirs, skill.folds(demo, foresee=as_people.forecaster(**shape))


def test_totals_are_nearer_and_score_better_on_every_fold_but_one(rows: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """Error of the mean, and CRPS (Gneiting and Raftery 2007), against the model to beat on the same fold."""
    theirs, ours = rows
    for one, other in zip(theirs.iter_rows(named=True), ours.iter_rows(named=True), strict=True):
        if (one["train_until"], one["year"]) != LUCKY:
            assert abs(other["error_percent"]) < abs(one["error_percent"])
            assert other["crps"] < one["crps"] * 1.02
    assert ours["crps"].mean() < 0.8 * theirs["crps"].mean()
    assert np.abs(ours["error_percent"]).mean() < 0.8 * np.abs(theirs["error_percent"]).mean()


def test_needs_and_settings_score_better_on_average(rows: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """CRPS by need on every fold, by setting on five of six (on one within 1%) and on average; and mean error by need on average."""
    theirs, ours = rows
    assert (ours["needs_crps"] < theirs["needs_crps"]).all()
    assert ours["settings_crps"].mean() < 0.95 * theirs["settings_crps"].mean()
    assert (ours["settings_crps"] < 1.02 * theirs["settings_crps"]).sum() >= 5
    assert ours["needs_mae"].mean() < theirs["needs_mae"].mean()


def test_ranges_hold_more_than_the_model_to_beat(rows: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    """95% ranges hold all totals, 90% or more of needs, of settings 90% but for one (its: 4 of 6, 69% and 70%)."""
    ours = rows[1]
    assert ours["inside"].all()
    assert ours["needs_inside"].sum() >= 0.9 * ours["needs"].sum()
    assert ours["settings_inside"].sum() >= 102
