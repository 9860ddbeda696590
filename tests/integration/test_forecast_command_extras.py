"""What the forecast command writes when asked: each agrees with the forecast that it is written beside."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

import polars as pl
import pytest

from rightplace.area import store
from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.cli.entry import main

SHAPE = ("--years", 3, "--futures", 30)


def frame(table: str, rows: list[tuple[object, ...]], columns: list[str]) -> pl.DataFrame:
    """Rows of some columns of a table; the others are empty."""
    schema = BY_NAME[table].schema
    given = pl.DataFrame(rows, schema={name: schema[name] for name in columns}, orient="row")
    return given.select(
        given[name] if name in columns else pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items()
    )


@pytest.fixture(scope="module")
def people() -> Area:
    """400 people followed over three Januaries in two localities, with residents of every age."""
    rows = []
    for i in range(400):
        group, first = i % 15, 2024 + (i % 7 == 0) + (i % 13 == 0)
        for year in range(first, 2027):
            now = group + year - 2024
            kind = "special_state" if i % 4 == 0 or now > 6 > group else "mainstream"
            if now <= 11 + i // 3 % 4:
                rows.append((year, f"p{i}", ("ASD", "SEMH")[i % 2], kind, now, f"n{i % 5}"))
    columns = ["census_year", "person_id", "need", "setting_kind", "year_group", "neighbourhood_id"]
    residents = [(year, age, 500.0, year > 2025) for year in range(2022, 2031) for age in range(26)]
    names = [(f"n{i}", f"{'North' if i < 2 else 'South'}shire 00{i}A") for i in range(5)]
    tables = {
        "census": frame("census", rows, columns),
        "population": frame("population", residents, list(BY_NAME["population"].schema)[:4]),
        "neighbourhoods": frame("neighbourhoods", names, ["neighbourhood_id", "name"]),
    }
    return build(la_code="302", name="Made up", tables=tables)


@pytest.fixture(scope="module")
def saved(people: Area, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The area as a folder."""
    folder = tmp_path_factory.mktemp("record") / "area"
    store.save(people, folder)
    return folder


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


@pytest.fixture(scope="module")
def individual(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything, where each person is followed."""
    out = tmp_path_factory.mktemp("individual")
    code, _, err = told(
        "forecast", saved, "--out", out, *SHAPE, "--mode", "individual", "--future", 7, "--localities", "--why"
    )
    assert code == 0, err
    return out


def test_everyone_of_a_future_adds_up_to_its_counts(individual: Path) -> None:
    """Counted person by person, plans by setting each January, joiners and leavers are those of the future's counts."""
    one = pl.read_csv(individual / "future_7.csv")
    everyone = pl.read_csv(individual / "future_7_people.csv", schema_overrides={"person": pl.UInt64})
    here = everyone.filter(pl.col("event") != "left")
    by_setting = {(year, kind): n for year, kind, n in here.group_by("year", "setting_kind").len().iter_rows()}
    plans = one.filter((pl.col("what") == "plans") & (pl.col("dimension") == "setting") & (pl.col("people") > 0))
    assert {(year, kind): n for year, kind, n in plans.select("year", "value", "people").iter_rows()} == by_setting
    for flow, event in (("joiners", "joined"), ("leavers", "left")):
        counts = one.filter((pl.col("what") == flow) & (pl.col("dimension") == "total"))
        seen = dict(everyone.filter(pl.col("event") == event).group_by("year").len().iter_rows())
        assert dict(counts.select("year", "people").iter_rows()) == seen
        assert sum(seen.values()) > 0


def test_a_future_is_within_the_forecast_it_belongs_to(individual: Path) -> None:
    """The first January is the forecast's; later ones are one of the 30 that its quantiles are of."""
    total = pl.read_csv(individual / "summary.csv").filter(pl.col("dimension") == "total").sort("year")
    one = pl.read_csv(individual / "future_7.csv").filter(
        (pl.col("what") == "plans") & (pl.col("dimension") == "total")
    )
    assert one["year"].to_list() == total["year"].to_list()
    assert one["people"][0] == total["mean"][0]
    for people, middle, high in zip(one["people"], total["p50"], total["p97_5"], strict=True):
        assert abs(people - middle) <= 3 * (high - middle) + 1


def test_localities_are_named_by_neighbourhoods_and_add_up(people: Area, individual: Path) -> None:
    """The last return is counted by neighbourhood, and the means of every year add up to the total's."""
    local = pl.read_csv(individual / "locality.csv").filter(pl.col("dimension") == "total")
    total = pl.read_csv(individual / "summary.csv").filter(pl.col("dimension") == "total")
    assert set(local["locality"]) == {"Northshire", "Southshire"}
    summed = local.group_by("year").agg(pl.col("mean").sum()).sort("year")
    assert summed["mean"].to_list() == pytest.approx(total.sort("year")["mean"].to_list(), abs=1e-3)
    now = dict(local.filter(pl.col("year") == 2026).select("locality", "mean").iter_rows())
    last = people["census"].filter(pl.col("census_year") == 2026)["neighbourhood_id"]
    assert now == {"Northshire": last.is_in(["n0", "n1"]).sum(), "Southshire": last.is_in(["n2", "n3", "n4"]).sum()}


def test_why_and_doubt_are_of_the_forecast_itself(individual: Path) -> None:
    """The change is that of the mean total, and shares of the variance add up to one."""
    total = pl.read_csv(individual / "summary.csv").filter(pl.col("dimension") == "total").sort("year")["mean"]
    why = pl.read_csv(individual / "why.csv").filter((pl.col("dimension") == "total") & (pl.col("part") == "change"))
    assert why.sort("year")["mean"].to_list() == pytest.approx([one - total[0] for one in total[1:]], abs=1e-4)
    shares = pl.read_csv(individual / "uncertainty.csv").filter(pl.col("dimension") == "total")
    assert shares.group_by("year").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1.0] * 3, abs=1e-5)


def test_the_plain_command_writes_rates_and_ages_and_nothing_that_takes_long(saved: Path, tmp_path: Path) -> None:
    """Rates per 1,000 are the plans over 21 + 4 year groups of 500 residents; ages are those of children and young people."""
    code, _, err = told("forecast", saved, "--out", tmp_path, *SHAPE)
    assert code == 0, err
    names = {file.name for file in tmp_path.iterdir()}
    assert {"per_1000.csv", "ages.csv"} <= names
    assert not names & {"why.csv", "uncertainty.csv", "locality.csv"}
    plans, rates = (
        pl.read_csv(tmp_path / f"{name}.csv").filter((pl.col("dimension") == "total") & (pl.col("year") == 2027))
        for name in ("summary", "per_1000")
    )
    assert rates["mean"][0] == pytest.approx(plans["mean"][0] * 1000 / (25 * 500), rel=1e-4)
    assert pl.read_csv(tmp_path / "ages.csv")["mean"].is_between(5, 19).all()


def test_a_scenario_has_its_own_future_beside_the_plain_one(saved: Path, tmp_path: Path) -> None:
    """The same future with half as many joiners: nobody but joiners differs in the first year it acts."""
    (tmp_path / "half.yaml").write_text(
        "changes: [{rate: joining, from: 2026-01-15, by: -50%, reason: A test, source: Nobody}]", encoding="utf-8"
    )
    code, _, err = told(
        "forecast", saved, "--out", tmp_path, *SHAPE, "--future", 0, "--scenario", tmp_path / "half.yaml"
    )
    assert code == 0, err
    both = [
        pl.read_csv(tmp_path / f"{name}future_0.csv").filter(
            (pl.col("dimension") == "total") & (pl.col("year") == 2027)
        )
        for name in ("", "scenario_")
    ]
    without, under = (dict(one.select("what", "people").iter_rows()) for one in both)
    assert under["leavers"] == without["leavers"]
    assert 0 < under["joiners"] < without["joiners"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--future", 30), "futures 0 to 29"),
        (("--future", -1), "future"),
        (("--mode", "fast"), "mode"),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_done(
    saved: Path, tmp_path: Path, words: tuple[object, ...], says: str
) -> None:
    """With a sentence and no file."""
    code, _, err = told("forecast", saved, "--out", tmp_path / "out", *SHAPE, *words)
    assert code == 2
    assert says in err
    assert not (tmp_path / "out" / "summary.csv").exists()


@pytest.mark.parametrize("word", [("--future", 1), ("--localities",), ("--why",), ("--mode", "individual")])
def test_england_has_no_extras(tmp_path: Path, word: tuple[object, ...]) -> None:
    """What is for one area is refused with --all."""
    code, _, err = told("forecast", "--all", "--statistics", tmp_path, "--out", tmp_path / "out", *word)
    assert code == 2
    assert "Give an AREA" in err


def test_published_counts_have_no_localities_but_keep_their_forecast(tmp_path: Path) -> None:
    """The forecast is written; the sentence says what to do."""
    rows = [(2021 + i, "plans", "total", "total", n, "made") for i, n in enumerate((800.0, 880.0, 950.0, 1040.0))]
    history = pl.DataFrame(rows, schema=BY_NAME["history"].schema, orient="row")
    store.save(build(la_code="302", name="Made up", tables={"history": history}), tmp_path / "area")
    code, _, err = told("forecast", tmp_path / "area", "--out", tmp_path / "out", *SHAPE, "--localities")
    assert code == 2
    assert "Load the area's SEN2 returns" in " ".join(err.split())
    assert (tmp_path / "out" / "summary.csv").exists()
