"""Mistakes planted in the made-up returns are found by the checks, each at its person, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.example.census.returned import return_at
from rightplace.example.extracts.register import FILE, register
from rightplace.example.faults.catalogue import FAULTS
from rightplace.example.faults.plant import COLUMNS, plant
from rightplace.example.faults.rebuild import Edits, rebuilt
from rightplace.example.life.record import make_life
from rightplace.returns.checks.rules import RULES
from rightplace.returns.checks.run import check
from rightplace.returns.gias.reader import read_gias
from rightplace.returns.sen2.layout import EDITIONS
from rightplace.returns.sen2.record import Sen2Return

c = pl.col
FOLLOWS = {
    "A09": {"N30"}, "A11": {"A02", "A05", "A06", "L02"}, "L02": {"A11"}, "L12": {"L22"}, "L37": {"L34"}, "P04": {"R10"},
    "P05": {"N28", "L08"}, "P23": {"L22"}, "V05": {"N07"},
}  # fmt: skip
"""Errors that a mistake brings with it, as the rules say: a plan removed leaves its attendance with no plan."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Sen2Return], pl.DataFrame]:
    """Four returns and the settings they are checked against."""
    life = make_life(1500, seed=11)
    path = tmp_path_factory.mktemp("gias") / FILE
    register(life).write_csv(path)
    settings, source = read_gias(path)
    assert not source.refused
    return [return_at(life, year) for year in EDITIONS], settings


def errors(ret: Sen2Return, settings: pl.DataFrame) -> pl.DataFrame:
    return check(ret, settings=settings).frame.filter(c("severity") == "error")


@pytest.mark.parametrize("plans", [500, 2500])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_clean_area_has_no_error(plans: int, seed: int, tmp_path: Path) -> None:
    life = make_life(plans, seed)
    register(life).write_csv(tmp_path / FILE)
    settings, _ = read_gias(tmp_path / FILE)
    for year in EDITIONS:
        found = errors(return_at(life, year), settings)
        assert found.is_empty(), found.rows()


def test_clean_returns_raise_only_the_queries_that_lateness_brings(made: tuple[list[Sen2Return], pl.DataFrame]) -> None:
    """England's plans and reviews are late: those queries are true. The rest are a handful."""
    late = {"A12", "A13", "A14", "A16", "L30", "L33", "L36", "R13"}
    for ret in made[0]:
        queries = check(ret, settings=made[1]).frame.filter(c("severity") == "query", ~c("rule").is_in(sorted(late)))
        assert queries.height < 0.02 * ret.tables["person"].height, queries["rule"].value_counts().rows()


def test_every_kind_of_mistake_is_found_at_its_person(made: tuple[list[Sen2Return], pl.DataFrame]) -> None:
    """One of each kind, twice over: the rule named finds it, on the person named, in the file named."""
    returns, settings = made
    spoilt, listed = plant(returns, 2 * len(FAULTS), seed=5)
    assert listed.columns == list(COLUMNS)
    assert listed.height == 2 * len(FAULTS)
    assert set(listed["rule"]) == {fault.rule for fault in FAULTS}
    assert not listed.select("person", "file").is_duplicated().any()
    found = pl.concat([check(ret, settings=settings).frame.with_columns(file=pl.lit(ret.source)) for ret in spoilt])
    missed = listed.join(found, on=["rule", "person", "file"], how="anti")
    assert missed.is_empty(), missed.rows()


def test_no_error_falls_on_anyone_else(made: tuple[list[Sen2Return], pl.DataFrame]) -> None:
    """Beside the mistakes themselves there are only those they bring, and the other person of a shared number."""
    returns, settings = made
    spoilt, listed = plant(returns, len(FAULTS), seed=6)
    planted = {(row["person"], row["file"]): row["rule"] for row in listed.to_dicts()}
    for ret in spoilt:
        for found in errors(ret, settings).to_dicts():
            rule = planted.get((found["person"], ret.source))
            if rule is None:
                assert found["rule"] in ("P19", "P22"), found
            else:
                assert found["rule"] == rule or found["rule"] in FOLLOWS.get(rule, set()), (rule, found)


def test_the_catalogue_is_wide() -> None:
    """Forty kinds at least, each for a rule there is, and every part of the return has some."""
    known = {rule.id for rule in RULES} | {"V01", "V03", "V05"}
    rules = {fault.rule for fault in FAULTS}
    assert len(rules) >= 40
    assert rules <= known
    assert {rule[0] for rule in rules} == {"P", "R", "A", "N", "L", "V"}
    assert {fault.rule[0] for fault in FAULTS[:4]} == {"P", "R", "N", "L"}


def test_too_many_mistakes_are_refused_in_words(made: tuple[list[Sen2Return], pl.DataFrame]) -> None:
    few = [_first_people(ret, 30) for ret in made[0]]
    with pytest.raises(UserError, match="not people enough"):
        plant(few, 400, seed=1)


def _first_people(ret: Sen2Return, count: int) -> Sen2Return:
    gone = [("person", row) for row in range(count, ret.tables["person"].height)]
    return rebuilt(ret, Edits(removed=gone))[0]


def test_a_return_with_nothing_to_change_is_the_same_return(made: tuple[list[Sen2Return], pl.DataFrame]) -> None:
    for ret in made[0]:
        again, people = rebuilt(ret, Edits())
        assert all(again.tables[name].equals(frame) for name, frame in ret.tables.items())
        assert (people["row"] == people["number"]).all()


def test_taking_out_a_person_takes_all_that_is_theirs(made: tuple[list[Sen2Return], pl.DataFrame]) -> None:
    """Every record below goes too, and those after it are numbered from where it was."""
    ret = made[0][-1]
    again, people = rebuilt(ret, Edits(removed=[("person", 3)]))
    theirs = ret.tables["requests"].filter(c("person_row") == 3)
    assert theirs.height
    assert again.tables["person"].height == ret.tables["person"].height - 1
    assert again.tables["requests"].height == ret.tables["requests"].height - theirs.height
    assert again.tables["person"]["surname"][3] == ret.tables["person"]["surname"][4]
    assert dict(people.iter_rows())[4] == 3
    for name, frame in again.tables.items():
        assert frame["row"].to_list() == list(range(frame.height)), name
