"""All England without and with a scenario: the difference in each future, wherever the work is done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.cli import england as command
from rightplace.cli.partial_results import Folder
from rightplace.errors import CancelledByUser, UserError
from rightplace.forecast.chosen import Chosen
from rightplace.forecast.england import authority, cluster, here, processes
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.england.compare import Compared, compare_all
from rightplace.forecast.england.run import forecast_all
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.scenario.compare import DIFFERENCE, compare
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National

CODES = ("302", "316", "383")
"""Barnet, Newham (whose last count is not believed: it starts a January earlier) and Leeds."""
SHAPE = {"years": 3, "futures": 20, "seed": 4}
FEWER = Change(
    name="Fewer join",
    rate="joining",
    start=date(2026, 9, 1),
    low=0.6,
    high=0.9,
    reason="a test",
    source="this test",
)
SCENARIO = Scenario(name="Fewer", changes=(FEWER,))
DAMPED = Scenario(
    name="Slower",
    changes=(FEWER,),
    assumptions=(Chosen(kind="damping", low=0.5, high=0.6, reason="a test", source="this test", owner="a test"),),
)
KEYS = ["year", "dimension", "value"]
TABLES = ("areas", "regions", "england")


class Some:
    """A few authorities on the evidence of all."""

    def __init__(self, national: National, codes: tuple[str, ...] = CODES) -> None:
        self.la_codes = codes
        self.history = national.history
        self.population = national.population


@pytest.fixture(scope="module")
def national(open_data: Path) -> National:
    """All England, January 2025."""
    return national_from_statistics(open_data)


@pytest.fixture(scope="module")
def seen() -> list[Done]:
    """Every result of the run of ``made``."""
    return []


@pytest.fixture(scope="module")
def made(national: National, seen: list[Done]) -> Compared:
    """Three authorities, in this process."""

    def watched(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        for found in here.each(tasks, grounds):
            seen.append(found)
            yield found

    return compare_all(Some(national), SCENARIO, **SHAPE, spread=watched)


def same(one: Compared, other: Compared) -> None:
    """To the last digit."""
    for part in ("without", "under", "difference"):
        for name in TABLES:
            assert getattr(getattr(one, part), name).equals(getattr(getattr(other, part), name)), (part, name)


def test_both_are_the_runs_of_england_they_stand_for(national: National, made: Compared) -> None:
    """As two runs of forecast_all give them, one without and one with the scenario."""
    for under, found in ((None, made.without), (SCENARIO, made.under)):
        alone = forecast_all(Some(national), **SHAPE, scenario=under)
        assert all(getattr(alone, name).equals(getattr(found, name)) for name in TABLES)
        assert alone.method == found.method


@pytest.mark.parametrize(("code", "scenario"), [("302", SCENARIO), ("316", SCENARIO), ("316", DAMPED)])
def test_an_authority_has_the_difference_of_its_own_comparison(
    national: National, made: Compared, code: str, scenario: Scenario
) -> None:
    """Barnet's, and Newham's from January 2024, as the comparison of one area has it, in every dimension and point."""
    if scenario is DAMPED:
        made = compare_all(Some(national), DAMPED, **SHAPE)
    own = compare(national.area(code), scenario, **SHAPE, national=Some(national)).difference
    joint = made.difference.areas.filter(pl.col("la_code") == code).drop("la_code")
    assert dict(joint.schema) == DIFFERENCE
    both = own.join(joint, on=KEYS, how="full", suffix="_joint")
    assert both.height == own.height == joint.height
    for point in ("mean", "p10", "p50", "p90"):
        assert both[point].to_numpy() == pytest.approx(both[f"{point}_joint"].to_numpy(), abs=1e-9)
    assert own.filter(pl.col("dimension") == "total")["mean"].min() < -10


def test_regions_and_england_are_added_up_in_each_future(made: Compared, seen: list[Done]) -> None:
    """From every authority's own futures, here with numpy. The middle of a sum is not the sum of middles; means do add up."""
    futures = {(one.la_code, one.under): one.stock[:, -4:, :25].sum(axis=2) for one in seen if one.stock is not None}
    gap = {code: futures[code, True] - futures[code, False] for code in CODES}
    london = gap["302"] + gap["316"]
    difference = made.difference
    for frame, wanted, count in (
        (difference.regions.filter(pl.col("region") == "London"), london, 2),
        (difference.regions.filter(pl.col("region") != "London"), gap["383"], 1),
        (difference.england, london + gap["383"], 3),
    ):
        rows = frame.filter(pl.col("dimension") == "total").sort("year")
        assert rows["authorities"].unique().to_list() == [count]
        assert rows["mean"].to_numpy() == pytest.approx(wanted.mean(axis=0))
        for point, at in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
            assert rows[point].to_numpy() == pytest.approx(np.quantile(wanted, at, axis=0))
    means = made.under.england.join(made.without.england, on=KEYS)
    both = difference.england.join(means, on=KEYS, suffix="_of_both")
    assert both["mean"].to_numpy() == pytest.approx((both["mean_of_both"] - both["mean_right"]).to_numpy(), abs=1e-9)


def test_its_range_is_that_of_the_effect(made: Compared) -> None:
    """Nothing before the change; after it a range far narrower than that of the forecast."""
    total = made.difference.england.filter(pl.col("dimension") == "total").sort("year")
    assert total.filter(pl.col("year") <= 2026).select("mean", "p10", "p90").sum().row(0) == (0, 0, 0)
    last = total.filter(pl.col("year") == 2028).row(0, named=True)
    forecast = made.without.england.filter((pl.col("dimension") == "total") & (pl.col("year") == 2028))
    assert last["p90"] < 0
    assert last["p90"] - last["p10"] < 0.7 * (forecast["p90"][0] - forecast["p10"][0])


def test_processes_and_a_cluster_give_the_same_digits(national: National, made: Compared) -> None:
    """In whatever order they finish."""
    with processes.Processes(2) as two:
        same(made, compare_all(Some(national), SCENARIO, **SHAPE, spread=two.each))
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as local:
        spread = partial(cluster.each, address=local.scheduler_address)
        same(made, compare_all(Some(national), SCENARIO, **SHAPE, spread=spread))


def test_what_was_kept_is_not_made_again(national: National, made: Compared, tmp_path: Path) -> None:
    """Stopped half way through Newham; and after a run without a scenario was stopped, only what it had not done is asked for."""
    asked: list[tuple[str, bool]] = []

    def watched(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        asked.extend((task.la_code, task.scenario is not None) for task in tasks)
        yield from here.each(tasks, grounds)

    def stop(done: int, of: int, what: str) -> None:
        if done == 3:
            raise CancelledByUser("Stopped.")

    kept = Folder(tmp_path)
    with pytest.raises(CancelledByUser):
        compare_all(Some(national), SCENARIO, **SHAPE, kept=kept, progress=stop)
    same(made, compare_all(Some(national), SCENARIO, **SHAPE, kept=kept, spread=watched))
    assert asked == [("316", True), ("383", False), ("383", True)]
    kept.remove()
    asked.clear()
    with pytest.raises(CancelledByUser):
        forecast_all(Some(national), **SHAPE, kept=kept, progress=lambda done, of, what: stop(done + 1, of, what))
    same(made, compare_all(Some(national), SCENARIO, **SHAPE, kept=kept, spread=watched))
    assert asked == [("302", True), ("316", True), ("383", False), ("383", True)]


def test_a_kept_result_that_is_gone_when_it_is_needed_is_made_again(national: National, made: Compared) -> None:
    """Of results without the scenario, each can be read once only: there when the run starts, gone when its other half is done."""

    class Fleeting:
        def __init__(self) -> None:
            self.read: dict[str, int] = {}
            self.held: dict[str, Done] = {}

        def get(self, key: str) -> Done | None:
            self.read[key] = self.read.get(key, 0) + 1
            return self.held.get(key) if self.read[key] == 1 else None

        def put(self, key: str, done: Done) -> None:
            self.held[key] = done

    kept = Fleeting()
    forecast_all(Some(national), **SHAPE, kept=kept)
    kept.read.clear()
    same(made, compare_all(Some(national), SCENARIO, **SHAPE, kept=kept))
    assert sorted(kept.read.values()) == [1, 1, 1, 2, 2, 2]


def test_the_order_in_which_halves_come_changes_nothing(national: National) -> None:
    """Where all results without the scenario come first, numbers are as where each comes with its other half."""

    def late(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        for task in sorted(tasks, key=lambda task: task.scenario is not None):
            yield authority.forecast(task, grounds)

    found = compare_all(Some(national, ("302", "383")), SCENARIO, **SHAPE, spread=late)
    same(found, compare_all(Some(national, ("302", "383")), SCENARIO, **SHAPE))


def test_an_authority_that_fails_one_way_is_in_no_difference(national: National) -> None:
    """Leeds cannot be done under the scenario: listed there, and of England's difference only Barnet is left."""

    def lossy(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        for task in tasks:
            lost = task.la_code == "383" and task.scenario is not None
            yield authority.failed(task, "It was lost.") if lost else authority.forecast(task, grounds)

    found = compare_all(Some(national, ("302", "383")), SCENARIO, **SHAPE, spread=lossy)
    assert found.without.failures.is_empty()
    assert found.under.failures.rows() == [("383", "It was lost.")]
    assert found.difference.areas["la_code"].unique().to_list() == ["302"]
    assert found.difference.england["authorities"].unique().to_list() == [1]
    assert found.without.england["authorities"].unique().to_list() == [2]


def test_a_scenario_that_cannot_be_followed_is_refused_before_any_work(national: National) -> None:
    """A chosen yearly growth of joining is for areas with returns; no authority is forecast first."""
    chosen = Chosen(kind="joining growth", low=0.0, high=0.1, reason="a test", source="this test", owner="a test")
    with pytest.raises(UserError, match="joining growth"):
        compare_all(
            Some(national), Scenario(name="Growth", changes=(), assumptions=(chosen,)), **SHAPE,
            spread=lambda tasks, grounds: pytest.fail("work was begun"),
        )  # fmt: skip


def test_the_command_writes_the_difference(
    national: National, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the usual files; England's on the screen, and that a proposal is not law; nothing kept."""
    monkeypatch.setattr(
        "rightplace.returns.statistics.build.national_from_statistics", lambda folder, until: Some(national, ("302",))
    )
    from rightplace.cli.scenario import chosen

    out, file = tmp_path / "out", tmp_path / "fewer.json"
    change = {
        "name": "Fewer",
        "rate": "joining",
        "from": "2026-09-01",
        "by": "-20%",
        "reason": "a test",
        "source": "it",
    }
    file.write_text(json.dumps({"scenario": "Fewer join", "changes": [change]}), encoding="utf-8")
    scenario = chosen(file, ["new_assessment_system"])
    command.forecast_england(
        tmp_path, out, years=3, futures=20, seed=1, until=None, workers=1, cluster=None, scenario=scenario
    )
    usual = {"areas.csv", "regions.csv", "england.csv", "failures.csv", "method.txt"}
    new = {f"difference_{name}.csv" for name in TABLES}
    assert {path.name for path in out.iterdir()} == {*usual, *new, "scenario"}
    assert {path.name for path in (out / "scenario").iterdir()} == usual
    told = " ".join(capsys.readouterr().out.split())
    assert "Plans more (or, with a minus, fewer) under the scenario" in told
    assert "Proposed, not law" in told
    written = pl.read_csv(out / "difference_areas.csv", infer_schema_length=None)
    assert written.columns == ["la_code", *DIFFERENCE]
    assert written.filter((pl.col("dimension") == "total") & (pl.col("year") == 2028))["p90"].item() < 0
