"""Scenarios and goals on an area: what they change, what they leave alone, and what the commands write."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.area import store
from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.cli import goal as goal_command
from rightplace.cli.entry import main
from rightplace.errors import DataError, UserError
from rightplace.forecast.run import forecast
from rightplace.forecast.scenario.compare import Comparison, compare
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.forecast.scenario.goal import Goal, seek

SHAPE = {"years": 4, "futures": 60, "seed": 2}
FEWER = Change(name="fewer join", rate="joining", start=date(2027, 9, 1), low=0.5, high=0.5, reason="r", source="s")
STAY = Change(
    name="stay", rate="moving", start=date(2026, 9, 1), low=0.0, high=0.0, year_groups=(6,), reason="r", source="s"
)  # fmt: skip
FILE = """
scenario: Half as many join
changes:
  - {rate: joining, from: 2027-09-01, by: -50%, reason: A test, source: Nobody}
"""


@pytest.fixture(scope="module")
def people() -> Area:
    """600 people followed over three Januaries; a third of Year 6 in mainstream moves to a special school."""
    rows = []
    for i in range(600):
        group, first = i % 15, 2024 + (i % 11 == 0) + (i % 13 == 0)
        for year in range(first, 2027):
            now = group + year - 2024
            special = i % 4 == 0 or (now > 6 and group <= 6 and i % 3 == 0)
            if now <= 11 + i // 3 % 4:
                rows.append((year, f"p{i}", ("ASD", "SEMH")[i % 2], "special_state" if special else "mainstream", now))
    schema = BY_NAME["census"].schema
    columns = ["census_year", "person_id", "need", "setting_kind", "year_group"]
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in columns}, orient="row")
    census = frame.select(frame[n] if n in columns else pl.lit(None, dtype=t).alias(n) for n, t in schema.items())
    return build(la_code="302", name="Made up", tables={"census": census})


@pytest.fixture(scope="module")
def counts() -> Area:
    """Published totals alone."""
    rows = [
        (2021 + i, "plans", "total", "total", n, "made") for i, n in enumerate((800.0, 880.0, 950.0, 1040.0, 1130.0))
    ]
    return build(la_code="302", name="Made up", tables={"history": pl.DataFrame(rows, schema=BY_NAME["history"].schema, orient="row")})  # fmt: skip


def run(area: Area, *changes: Change) -> Comparison:
    return compare(area, Scenario(name="test", changes=changes), **SHAPE)


def flow(of: pl.DataFrame, name: str, dimension: str = "total") -> dict[tuple[int, str], float]:
    rows = of.filter((pl.col("flow") == name) & (pl.col("dimension") == dimension))
    return {(year, value): mean for year, value, mean in rows.select("year", "value", "mean").iter_rows()}


def test_half_the_joiners_join_from_the_first_whole_year(people: Area) -> None:
    """In the year to January 2029, the first whole one, joiners are half the baseline's, by the law of large numbers; to
    2028, 139 of 364 days of it; to 2027, all of them. The totals differ by what did not join, less what of it had left."""
    both = run(people, FEWER)
    without, under = (flow(one.flows, "joiners") for one in (both.baseline, both.scenario))
    assert under[2027, "total"] == without[2027, "total"]
    assert under[2029, "total"] / without[2029, "total"] == pytest.approx(0.5, abs=0.06)
    assert under[2028, "total"] / without[2028, "total"] == pytest.approx(1 - 0.5 * 139 / 364, abs=0.06)
    gap = both.difference.filter(pl.col("dimension") == "total").sort("year")["mean"].to_list()
    assert gap[:2] == [0.0, 0.0]
    assert 0 > gap[2] > gap[3]
    assert gap[2] == pytest.approx(under[2028, "total"] - without[2028, "total"], abs=0.5)


def test_the_difference_is_that_of_the_two_forecasts(people: Area) -> None:
    """Means subtract; so do totals future by future; and the range of the difference is far narrower than either's."""
    both = run(people, FEWER)
    keys = ["year", "dimension", "value"]
    joined = both.difference.join(both.baseline.summary, on=keys, suffix="_without").join(
        both.scenario.summary, on=keys, suffix="_under"
    )
    assert joined.height == both.difference.height == both.baseline.summary.height
    assert joined["mean"].to_numpy() == pytest.approx(
        (joined["mean_under"] - joined["mean_without"]).to_numpy(), abs=1e-9
    )
    gaps = both.scenario.futures_total - both.baseline.futures_total
    total = both.difference.filter(pl.col("dimension") == "total").sort("year")
    for column, point in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        assert total[column].to_numpy() == pytest.approx(np.quantile(gaps, point, axis=0))


def test_a_scenario_changes_nothing_outside_its_reach(people: Area) -> None:
    """Nobody moves in Year 6: in the first year every total but those of settings stays to the person, in every future."""
    both = run(people, STAY)
    without, under = (flow(one.flows, "movers", "year_group") for one in (both.baseline, both.scenario))
    assert without[2027, "6"] > 5
    assert all(under[year, "6"] == 0 for year in range(2027, 2031))
    first = both.difference.filter(pl.col("year") == 2027)
    assert first.filter(pl.col("dimension") != "setting").select(pl.col("mean", "p10", "p90").abs().max()).row(0) == (
        0,
        0,
        0,
    )
    moved = dict(first.filter(pl.col("dimension") == "setting").select("value", "mean").iter_rows())
    assert moved["mainstream"] == -moved["special_state"] > 5


def test_published_counts_have_scenarios_too(counts: Area) -> None:
    """Where totals are foreseen and joiners made up to them, half the joiners are still half, and totals follow."""
    both = run(counts, replace(FEWER, start=date(2020, 1, 1)))
    without, under = (flow(one.flows, "joiners") for one in (both.baseline, both.scenario))
    assert under[2026, "total"] / without[2026, "total"] == pytest.approx(0.5, abs=0.06)
    total = both.difference.filter(pl.col("dimension") == "total").sort("year")["mean"]
    assert total[1] == pytest.approx(under[2026, "total"] - without[2026, "total"], abs=0.5)


def test_a_rate_above_one_is_stated(people: Area) -> None:
    """Leaving ten times as often: held at 1 where it would be more, and the assumptions say so with the reason and source."""
    change = replace(FEWER, rate="leaving", low=10.0, high=10.0, reason="Cleared backlog", source="Our own view")
    stated = run(people, change).scenario.assumptions
    assert stated.filter(pl.col("name").str.contains("is held at 1 there")).height == 1
    assert stated.filter(pl.col("source").str.contains("Our own view. Cleared backlog")).height == 1
    held = stated.filter(pl.col("name").str.contains("where a chance was held to 1"))
    assert held["value"][0] > 0


def test_a_goal_that_is_found_is_reached_when_it_is_tried(people: Area) -> None:
    """The factor, put into a scenario, gives the number; with the factor 1 the answer is what the forecast says."""
    lever = replace(FEWER, start=date(2000, 1, 1))
    answer = seek(people, target=Goal(people=700, year=2030), lever=lever, futures=60, seed=2)
    assert answer.factor is not None
    tried = Scenario(name="tried", changes=(replace(lever, name="goal", low=answer.factor, high=answer.factor),))
    total = forecast(people, **SHAPE, scenario=tried).futures_total[:, 4].mean()
    assert total == pytest.approx(700, rel=0.004)
    assert answer.now == pytest.approx(forecast(people, **SHAPE).futures_total[:, 4].mean())
    assert answer.low is None or answer.high is None or answer.low < answer.factor < answer.high
    assert answer.curve["mean"].is_sorted()


def test_a_goal_that_cannot_be_reached_says_how_far_it_comes(people: Area) -> None:
    """A million plans; and a year or a setting that is not there."""
    lever = replace(FEWER, start=date(2000, 1, 1))
    answer = seek(people, target=Goal(people=1e6, year=2028), lever=lever, futures=20)
    assert not answer.reached
    assert answer.least < answer.now < answer.most < 1e6
    with pytest.raises(UserError, match="is not ahead: the forecast begins with January 2027"):
        seek(people, target=Goal(people=10, year=2026), lever=lever, futures=20)
    with pytest.raises(UserError, match="Did you mean special_state"):
        seek(people, target=Goal(people=10, year=2028, dimension="setting", value="special_stat"), lever=lever)


def told(*words: object) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    out, err, before, code = io.StringIO(), io.StringIO(), sys.argv, 0
    sys.argv = ["rightplace", *map(str, words)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.argv = before
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def saved(counts: Area, tmp_path: Path) -> Path:
    """The area as a folder."""
    store.save(counts, tmp_path / "area")
    return tmp_path / "area"


def test_the_command_writes_both_forecasts_and_the_difference(saved: Path, tmp_path: Path) -> None:
    """With a file and a proposal together; what is proposed is said not to be law."""
    (tmp_path / "half.yaml").write_text(FILE, encoding="utf-8")
    code, out, err = told(
        "forecast", saved, "--out", tmp_path / "out", "--scenario", tmp_path / "half.yaml", "--reform", "special_place_kept",
        "--years", 4, "--futures", 20,
    )  # fmt: skip
    assert code == 0, err
    assert {"summary.csv", "scenario_summary.csv", "difference.csv"} <= {
        file.name for file in (tmp_path / "out").iterdir()
    }
    assert "Proposed, not law" in out
    gap = pl.read_csv(tmp_path / "out" / "difference.csv").filter(pl.col("dimension") == "total")
    assert gap.columns == ["year", "dimension", "value", "mean", "p10", "p50", "p90"]
    assert gap["mean"][-1] < 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FILE.replace("joining", "joning"), ("'joning'", "change 1", "joining")),
        (FILE.replace("2027-09-01", "2027-09-31"), ("2027-09-31", "not a date")),
        (FILE.replace("-50%", "{low: 10%, high: -10%}"), ("upside down",)),
        (
            FILE + "  - {rate: joining, from: 2028-09-01, by: 10%, reason: A, source: B}\n",
            ("changes 1 and 2", "lowers"),
        ),
        ("changes: [", ("not YAML",)),
        ("\x00\x01", ("not YAML",)),
    ],
)
def test_a_bad_scenario_file_leaves_nothing_behind(
    saved: Path, tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    """A sentence with the place, exit code 3, no traceback, no folder made."""
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    code, _, err = told("forecast", saved, "--out", tmp_path / "out", "--scenario", tmp_path / "bad.yaml")
    assert code == 3
    assert "Traceback" not in err
    assert all(word in err for word in ("bad.yaml", *words))
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_and_a_proposal_nobody_knows(saved: Path, tmp_path: Path) -> None:
    """Exit code 2 and what to do."""
    code, _, err = told("forecast", saved, "--out", tmp_path / "out", "--scenario", tmp_path / "none.yaml")
    assert (code, "cannot be read" in err) == (2, True)
    code, _, err = told("forecast", saved, "--out", tmp_path / "out", "--reform", "white_paper")
    assert (code, "individual_support_plan_duty" in err) == (2, True)


def test_the_goal_command_tells_the_answer(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reached, not reached, and a lever that is no rate; the curve in a file."""
    nothing = dict.fromkeys(
        ("setting", "need", "phase", "lever_groups", "lever_need", "lever_setting", "lever_to", "start")
    )
    shape = {"futures": 20, "seed": 1, "out": tmp_path / "curve.csv"}
    goal_command.run(saved, plans=1400, year=2028, lever="joining", **nothing, **shape)
    assert "are reached on average with joining" in capsys.readouterr().out
    assert pl.read_csv(tmp_path / "curve.csv").columns == ["factor", "mean", "p10", "p50", "p90"]
    goal_command.run(saved, plans=90000, year=2028, lever="joining", **nothing, **shape)
    assert "90,000 plans cannot be reached by joining" in capsys.readouterr().out
    with pytest.raises(DataError, match="no rate is called 'births'"):
        goal_command.run(saved, plans=90, year=2028, lever="births", **nothing, **shape)


@pytest.mark.parametrize(
    "words",
    [
        ("--all", "--statistics", "x", "--scenario", "y.yaml"),
        ("--all", "--statistics", "x", "--workers", "2", "--cluster", "tcp://127.0.0.1:1"),
        ("area", "--workers", "2"),
        ("--all",),
    ],
)
def test_options_that_do_not_go_together_are_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    """A sentence and exit code 2; nothing is made."""
    code, _, err = told("forecast", *words, "--out", tmp_path / "out")
    assert (code, "Traceback" in err) == (2, False)
    assert not (tmp_path / "out").exists()
