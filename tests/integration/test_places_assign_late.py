"""Places kept for those who are expected to join after the plan is made."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.cli import assign as command
from rightplace.errors import UserError
from rightplace.example.make import make_example
from rightplace.forecast.run import forecast
from rightplace.places.assign.late import KEPT_IN, expected, late
from rightplace.places.assign.run import assign

KINDS = [str(kind) for kind in KEPT_IN]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    folder = make_example(tmp_path_factory.mktemp("late") / "example", plans=1000).folder / "area"
    area = store.load(folder)
    return SimpleNamespace(folder=folder, area=area, ahead=forecast(area, years=2, futures=400, seed=5))


def _run(*words: object) -> str:
    app = typer.Typer()
    app.command()(command.run)
    said = CliRunner().invoke(app, [str(word) for word in words])
    assert said.exit_code == 0, said.output
    return said.output


def test_expected_joiners_are_the_years_joiners_by_the_share_of_its_days(made: SimpleNamespace) -> None:
    """The school census days that DfE publishes: 15 January 2026 and 21 January 2027, 371 days apart; 1 September is the 229th.

    The mean over futures is then 229/371 of the mean joiners that the forecast's own table gives, but for the chance of drawing: four
    standard errors of a sum of 400 numbers whose variance is at most a few times its mean.
    """
    found = late(made.ahead, september=2026, since=date(2026, 1, 15), futures=400)
    rows = made.ahead.flows.filter(
        pl.col("flow") == "joiners",
        pl.col("year") == 2027,
        pl.col("dimension") == "setting",
        pl.col("value").is_in(KINDS),
    )
    wanted = rows["mean"].sum() * 229 / 371
    mean = found.joiners["people"].sum() / 400
    assert wanted > 3
    assert abs(mean - wanted) < 4 * np.sqrt(3 * wanted / 400)


def test_two_years_to_a_september_take_in_all_of_the_first(made: SimpleNamespace) -> None:
    near, far = (late(made.ahead, september=year, since=date(2026, 1, 15), futures=400) for year in (2026, 2027))
    first = made.ahead.flows.filter(
        pl.col("flow") == "joiners",
        pl.col("year") == 2027,
        pl.col("dimension") == "setting",
        pl.col("value").is_in(KINDS),
    )["mean"].sum()
    assert far.joiners["people"].sum() / 400 > first > near.joiners["people"].sum() / 400


def test_nobody_is_late_once_september_has_begun(made: SimpleNamespace) -> None:
    found = late(made.ahead, september=2026, since=date(2026, 11, 22))
    assert found.joiners.is_empty()
    plan = assign(made.area, september=2026, late=found)
    assert plan.settings["kept"].sum() == 0
    assert "after that September began" in plan.notes[0]


def test_places_are_kept_in_the_areas_own_bases_and_said_with_their_range(made: SimpleNamespace) -> None:
    """Of each kind enough in 80% of futures, counted here from the joiners, unless its bases have less room."""
    found = late(made.ahead, september=2026, since=date(2026, 1, 15))
    plan, free = assign(made.area, september=2026, late=found), assign(made.area, september=2026)
    kinds = plan.coded.bases.select("la_code", setting="setting_id", base="base", kind="setting_kind")
    kept = plan.settings.join(kinds, on=["setting", "base"]).filter(pl.col("kept") > 0)
    assert kept["kept"].sum() > 0
    assert set(kept["kind"]) <= set(KINDS)
    assert set(kept["la_code"]) == {made.area.la_code}
    for kind, number in kept.group_by("kind").agg(pl.col("kept").sum()).iter_rows():
        drawn = found.joiners.filter(pl.col("setting_kind") == kind)["people"].to_list()
        every = sorted(drawn + [0] * (found.futures - len(drawn)))
        assert number <= every[int(0.8 * found.futures) - 1]
    low, middle, high = found.span
    assert low <= middle <= high
    assert f"{middle:,} in the middle of the futures, {low:,} to {high:,} in 8 of 10" in plan.notes[0]
    assert free.settings["kept"].sum() == 0


def test_the_same_seed_keeps_the_same_places(made: SimpleNamespace) -> None:
    one, other = (expected(made.area, september=2026, seed=3) for _ in range(2))
    assert one.joiners.equals(other.joiners)
    assert one.since == date(2026, 1, 15)


def test_a_forecast_that_ends_too_soon_is_refused(made: SimpleNamespace) -> None:
    with pytest.raises(UserError, match="ends before September 2029"):
        late(made.ahead, september=2029, since=date(2026, 1, 15))


def test_the_command_keeps_places_unless_told_otherwise(made: SimpleNamespace, tmp_path: Path) -> None:
    kept = {}
    for name, words in (("default", ()), ("off", ("--keep", "none")), ("later", ("--decided", "2026-08-31"))):
        said = " ".join(_run(made.folder, "--september", 2026, "--out", tmp_path / name, *words).split())
        kept[name] = pl.read_csv(tmp_path / name / "settings.csv")["kept"].sum()
        if name == "default":
            assert re.search(
                r"\d+ places are kept for those expected to join between 15 January 2026 and 1 September", said
            )
    assert kept["default"] > kept["later"] == kept["off"] == 0
    app = typer.Typer()
    app.command()(command.run)
    words = [str(made.folder), "--september", "2026", "--out", str(tmp_path / "x"), "--decided", "soon"]
    assert isinstance(CliRunner().invoke(app, words).exception, UserError)
