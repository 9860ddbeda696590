"""All England in one run: the same numbers wherever the work is done, and whatever interrupts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from rightplace.cli import england as command
from rightplace.cli.partial_results import Folder
from rightplace.errors import CancelledByUser, UserError
from rightplace.forecast.chosen import Chosen
from rightplace.forecast.england import cluster, here, processes
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.england.result import AREAS, ENGLAND, REGIONS, England
from rightplace.forecast.england.run import forecast_all
from rightplace.forecast.england.tasks import Spread
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.run import forecast
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National

CODES = ("201", "302", "316", "383")
"""The City of London, Barnet, Newham (whose last count is not believed) and Leeds."""
SHAPE = {"years": 3, "futures": 20, "seed": 4}


class Some:
    """Four authorities on the evidence of all."""

    def __init__(self, national: National, codes: tuple[str, ...] = CODES) -> None:
        self.la_codes = codes
        self.history = national.history
        self.population = national.population


@pytest.fixture(scope="module")
def national(open_data: Path) -> National:
    """All England, January 2025."""
    return national_from_statistics(open_data)


@pytest.fixture(scope="module")
def made(national: National) -> England:
    """The four authorities, in this process."""
    return forecast_all(Some(national), **SHAPE)


def same(one: England, other: England) -> None:
    """To the last digit."""
    assert one.failures.to_dicts() == other.failures.to_dicts()
    for name in ("areas", "regions", "england"):
        assert getattr(one, name).equals(getattr(other, name)), name


def test_results_have_the_columns_and_rows_they_promise(made: England) -> None:
    """Newham from January 2024, the rest from 2025; sums from 2025; every dimension adds up to the total."""
    for frame, schema in ((made.areas, AREAS), (made.regions, REGIONS), (made.england, ENGLAND)):
        assert dict(frame.schema) == schema
    assert set(made.areas["dimension"]) == {"total", "need", "setting", "year_group", "phase"}
    starts = made.areas.group_by("la_code").agg(pl.col("year").min(), pl.col("year").max().alias("last"))
    assert dict(starts.select("la_code", "year").iter_rows()) == {"201": 2025, "302": 2025, "316": 2024, "383": 2025}
    assert set(starts["last"]) == {2028}
    assert made.england["year"].unique().sort().to_list() == [2025, 2026, 2027, 2028]
    for frame, by in ((made.areas, ["la_code"]), (made.regions, ["region"]), (made.england, [])):
        sums = frame.group_by(*by, "year", "dimension").agg(pl.col("mean").sum())
        spread = sums.group_by(*by, "year").agg((pl.col("mean").max() - pl.col("mean").min()).alias("gap"))
        assert spread["gap"].max() < 1e-6


def test_sums_are_taken_in_each_future(national: National, made: England) -> None:
    """Regions and England from the authorities' own futures, added up here with numpy: means and quantiles agree.

    Leeds is alone in its region, so that is Leeds itself. The quantile of a sum is not the sum of quantiles.
    """
    seen: list[Done] = []

    def watched(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        for found in here.each(tasks, grounds):
            seen.append(found)
            yield found

    again = forecast_all(Some(national), **SHAPE, spread=watched)
    same(made, again)
    groups = slice(0, 25)
    totals = {one.la_code: one.stock[:, -4:, groups].sum(axis=2) for one in seen if one.stock is not None}
    london = totals["201"] + totals["302"] + totals["316"]
    for frame, futures in (
        (made.regions.filter(pl.col("region") == "London"), london),
        (made.regions.filter(pl.col("region") != "London"), totals["383"]),
        (made.england, london + totals["383"]),
    ):
        rows = frame.filter(pl.col("dimension") == "total").sort("year")
        assert rows["mean"].to_numpy() == pytest.approx(futures.mean(axis=0))
        assert rows["p10"].to_numpy() == pytest.approx(np.quantile(futures, 0.1, axis=0))
        assert rows["p97_5"].to_numpy() == pytest.approx(np.quantile(futures, 0.975, axis=0))


def test_an_authority_has_the_numbers_of_its_own_forecast(national: National, made: England) -> None:
    """The forecast of Barnet on its own, on the same evidence: the same, in every dimension."""
    alone = forecast(national.area("302"), **SHAPE, national=Some(national)).summary
    joint = made.areas.filter(pl.col("la_code") == "302").drop("la_code")
    keys = ["year", "dimension", "value"]
    both = alone.join(joint, on=keys, how="full", suffix="_joint")
    assert both.height == alone.height == joint.height
    for column in ("mean", "p2_5", "p10", "p50", "p90", "p97_5"):
        assert both[column].to_numpy() == pytest.approx(both[f"{column}_joint"].to_numpy(), rel=1e-12)


def test_four_processes_give_the_same_numbers(national: National, made: England) -> None:
    """To the last digit, in whatever order they finish."""
    with processes.Processes(4) as four:
        same(made, forecast_all(Some(national), **SHAPE, spread=four.each))


def test_a_dask_cluster_gives_the_same_numbers(national: National, made: England) -> None:
    """A local cluster with a worker process of its own, reached by its address as any cluster is."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as local:
        again = forecast_all(Some(national), **SHAPE, spread=partial(cluster.each, address=local.scheduler_address))
    same(made, again)


def test_a_lost_worker_of_a_cluster_loses_nothing(national: National, made: England, tmp_path: Path) -> None:
    """One of two workers is killed once an authority is done: the run ends with the same numbers, and is not begun again.

    Then one is killed and the run stopped: the next takes up what was kept.
    """
    distributed = pytest.importorskip("distributed")
    asked: list[str] = []

    def watched(local: Any) -> Spread:
        def each(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
            asked.extend(task.la_code for task in tasks)
            for count, found in enumerate(cluster.each(tasks, grounds, address=local.scheduler_address)):
                if count == 0:
                    alive = [
                        one.process.process for one in local.workers.values() if one.process and one.process.process
                    ]
                    alive[0]._process.kill()
                yield found

        return each

    def stop(done: int, asked: int, what: str) -> None:
        if done == 2:
            raise CancelledByUser("Stopped.")

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as local:
        same(made, forecast_all(Some(national), **SHAPE, spread=watched(local)))
        assert sorted(asked) == sorted(CODES)
        with pytest.raises(CancelledByUser):
            forecast_all(Some(national), **SHAPE, spread=watched(local), kept=Folder(tmp_path), progress=stop)
        asked.clear()
        same(made, forecast_all(Some(national), **SHAPE, spread=watched(local), kept=Folder(tmp_path)))
    assert 1 <= len(asked) <= 2


def test_a_scenario_acts_in_every_authority(national: National, made: England) -> None:
    """Leaving halved from September 2026: no January before differs, every authority is larger after, and Barnet is as on its own.

    The work is done by two processes, to which the scenario goes too.
    """
    halved = Change(
        name="Fewer leave",
        rate="leaving",
        start=date(2026, 9, 1),
        low=0.5,
        high=0.5,
        reason="a test",
        source="this test",
    )
    scenario = Scenario(name="Staying", changes=(halved,))
    with processes.Processes(2) as two:
        found = forecast_all(Some(national), **SHAPE, spread=two.each, scenario=scenario)
    keys = ["la_code", "year", "dimension", "value"]
    both = made.areas.join(found.areas, on=keys, suffix="_staying").filter(pl.col("dimension") == "total")
    early, late = both.filter(pl.col("year") <= 2026), both.filter(pl.col("year") >= 2027)
    assert early["mean"].to_list() == early["mean_staying"].to_list()
    assert (late["mean_staying"] > late["mean"]).all()
    assert set(late["la_code"]) == set(CODES)
    assert "Staying" in found.method
    alone = forecast(national.area("302"), **SHAPE, national=Some(national), scenario=scenario).summary
    joint = found.areas.filter(pl.col("la_code") == "302")
    assert alone.sort(keys[1:])["p90"].to_list() == pytest.approx(joint.sort(keys[1:])["p90"].to_list())


def test_a_scenario_that_published_totals_cannot_follow_is_refused(national: National) -> None:
    """A chosen yearly growth of joining is for areas with returns."""
    chosen = Chosen(kind="joining growth", low=0.0, high=0.1, reason="a test", source="this test", owner="a test")
    with pytest.raises(UserError, match="joining growth"):
        forecast_all(Some(national), **SHAPE, scenario=Scenario(name="Growth", changes=(), assumptions=(chosen,)))


def test_an_interrupted_run_is_taken_up_where_it_stopped(national: National, made: England, tmp_path: Path) -> None:
    """Cancelled after two authorities; the next run works on the other two only, and gives the same numbers."""

    def stop(done: int, asked: int, what: str) -> None:
        if done == 2:
            raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        forecast_all(Some(national), **SHAPE, kept=Folder(tmp_path), progress=stop)
    worked: list[str] = []

    def watched(tasks: Sequence[Task], grounds: Grounds) -> Iterator[Done]:
        worked.extend(task.la_code for task in tasks)
        yield from here.each(tasks, grounds)

    same(made, forecast_all(Some(national), **SHAPE, kept=Folder(tmp_path), spread=watched))
    assert worked == ["316", "383"]
    worked.clear()
    forecast_all(Some(national), **{**SHAPE, "seed": 5}, kept=Folder(tmp_path), spread=watched)
    assert worked == list(CODES)


def test_one_bad_authority_does_not_stop_the_others(national: National, made: England) -> None:
    """Bexley without counts is listed with a sentence and is in no sum."""
    some = Some(national, ("302", "303", "383"))
    some.history = national.history.filter(pl.col("la_code") != "303")
    found = forecast_all(some, **SHAPE)
    assert found.failures["la_code"].to_list() == ["303"]
    assert "Bexley" in found.failures["what"][0]
    assert found.england["authorities"].unique().to_list() == [2]
    assert found.areas["la_code"].unique().sort().to_list() == ["302", "383"]


def test_the_command_writes_what_it_says(
    national: National, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five files, England's table on the screen, and nothing kept once the results are written."""
    monkeypatch.setattr(
        "rightplace.returns.statistics.build.national_from_statistics", lambda folder, until: Some(national, ("302",))
    )
    command.forecast_england(tmp_path, tmp_path / "out", years=2, futures=20, seed=1, until=None, workers=1, cluster=None)  # fmt: skip
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {"areas.csv", "regions.csv", "england.csv", "failures.csv", "method.txt"}
    assert "2027" in capsys.readouterr().out
    written = pl.read_csv(tmp_path / "out" / "areas.csv", infer_schema_length=None)
    assert written.columns == list(AREAS)
