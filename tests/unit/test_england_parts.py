"""Parts of a run over England: sums, what is kept, marks, and processes that are lost."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest

from rightplace.area.tables import BY_NAME
from rightplace.cli.partial_results import Folder
from rightplace.errors import UserError
from rightplace.forecast.england import authority, cluster, processes
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.england.mark import mark
from rightplace.forecast.england.sums import Sums
from rightplace.forecast.published import evidence
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.streams import generator


def done(la_code: str, january: int, years: int = 3, seed: int = 1) -> Done:
    """Made-up futures: 5 of them, 4 margins."""
    draws = generator(seed, "test.england", int(la_code))
    return Done(la_code=la_code, january=january, stock=draws.integers(0, 900, (5, years, 4), dtype=np.int32))


def task(la_code: str, source: str = "made", people: float = 900.0) -> Task:
    """A task with one published count."""
    row = [(2025, "plans", "total", "total", people, source)]
    history = pl.DataFrame(row, schema=BY_NAME["history"].schema, orient="row")
    return Task(
        la_code=la_code, history=history, population=BY_NAME["population"].empty(), last=2027, futures=10, seed=1
    )


def test_regions_add_up_to_england_in_every_future() -> None:
    """Barnet and Camden are in London, Leeds in Yorkshire; the one that starts a year early is cut to the common years."""
    parts = [done("302", 2025), done("202", 2024, years=4), done("383", 2025)]
    sums = Sums(first=2025, last=2027)
    for part in (*parts, authority.failed(task("303"), "why")):
        sums.add(part)
    whole = np.stack([part.stock[:, -3:] for part in parts if part.stock is not None]).sum(axis=0)
    assert sums.england is not None
    assert np.array_equal(sums.england.stock, whole)
    assert np.array_equal(np.stack([one.stock for one in sums.regions.values()]).sum(axis=0), whole)
    assert {name: one.authorities for name, one in sums.regions.items()} == {"London": 2, "Yorkshire and The Humber": 1}
    assert sums.england.authorities == 3


def test_a_kept_result_is_the_result(tmp_path: Path) -> None:
    """To the last person; a key that was never kept and a damaged file give nothing; a failure is not kept."""
    kept, made = Folder(tmp_path), done("302", 2024, years=4)
    kept.put("a" * 32, made)
    back = kept.get("a" * 32)
    assert back is not None
    assert (back.la_code, back.january) == ("302", 2024)
    assert back.stock is not None
    assert made.stock is not None
    assert back.stock.dtype == np.int32
    assert np.array_equal(back.stock, made.stock)
    assert kept.get("b" * 32) is None
    file = next(kept.path.glob("*.parquet"))
    file.write_bytes(file.read_bytes()[:100])
    assert kept.get("a" * 32) is None
    kept.put("c" * 32, authority.failed(task("302"), "why"))
    assert kept.get("c" * 32) is None
    kept.remove()
    assert not kept.path.exists()


def staying(start: date) -> Scenario:
    """Fewer leave from a day on."""
    change = Change(
        name="Fewer leave", rate="leaving", start=start, low=0.5, high=0.5, reason="a test", source="this test"
    )
    return Scenario(name="Staying", changes=(change,))


def test_a_result_is_known_by_all_it_depends_on() -> None:
    """The mark is the same for equal inputs and another for each input that is another."""
    grounds = evidence.from_reference()
    known, one = mark(grounds), task("302")
    key = authority.key(one, known)
    assert authority.key(task("302"), mark(evidence.from_reference())) == key
    population = pl.DataFrame([(2024, 5, 100.0, False)], schema=BY_NAME["population"].schema, orient="row")
    others = [
        task("303"),
        task("302", people=901.0),
        replace(one, seed=2),
        replace(one, futures=11),
        replace(one, last=2028),
        replace(one, population=population),
        *(replace(one, scenario=staying(day)) for day in (date(2026, 9, 1), date(2027, 9, 1))),
    ]
    assert len({key, *(authority.key(other, known) for other in others)}) == 9
    grown = replace(grounds, growth=replace(grounds.growth, england_sd=0.5))
    shifted = replace(grounds, pattern=replace(grounds.pattern, leave=grounds.pattern.leave * 0.99))
    with pytest.raises(TypeError, match="No mark"):
        mark({1, 2})
    assert len({known, mark(grown), mark(shifted)}) == 3


def test_what_goes_wrong_with_an_authority_is_told_and_not_raised() -> None:
    """No counts at all: a sentence with its name."""
    empty = replace(task("303"), history=BY_NAME["history"].empty())
    found = authority.forecast(empty, evidence.from_reference())
    assert found.stock is None
    assert "Bexley" in found.failure


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Work that loses its process; on the path so that a new process can import it too."""
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[1] / "made")
    return importlib.import_module("england_work")


def test_a_lost_process_is_replaced_and_nothing_is_lost(tmp_path: Path, work: ModuleType) -> None:
    """One process ends without a word: its authority and the others are all given back, once each."""
    tasks = [task(code, source=str(tmp_path / "seen")) for code in ("301", "302")]
    with processes.Processes(2, work.lost_once) as two:
        found = list(two.each(tasks, evidence.from_reference()))
    assert sorted(one.la_code for one in found) == ["301", "302"]
    assert all(one.stock is not None and one.stock[0, 0, 0] == int(one.la_code) for one in found)
    assert (tmp_path / "seen").exists()


def test_an_authority_that_always_loses_its_process_fails_alone(tmp_path: Path, work: ModuleType) -> None:
    """It is named, and the other is done."""
    (tmp_path / "seen").touch()
    tasks = [task(code, source=str(tmp_path / "seen")) for code in ("302", "304")]
    with processes.Processes(1, work.lost_always) as alone:
        found = {one.la_code: one for one in alone.each(tasks, evidence.from_reference())}
    assert found["302"].failure == processes.LOST
    assert found["304"].stock is not None


def test_a_cluster_that_does_not_answer_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback for a wrong address, nor where the library is not installed."""
    monkeypatch.setattr(cluster, "_SECONDS", 0.2)
    with pytest.raises(UserError, match="No Dask cluster answers at"):
        list(cluster.each([task("302")], evidence.from_reference(), address="tcp://127.0.0.1:1"))
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UserError, match=r"rightplace\[cluster\]"):
        list(cluster.each([task("302")], evidence.from_reference(), address="tcp://127.0.0.1:1"))
