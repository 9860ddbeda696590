"""The back-test from end to end: on a small folder of statistics, and on an area's own returns."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.cli import backtest as command
from rightplace.errors import UserError
from rightplace.forecast.backtest import authorities, returns
from rightplace.forecast.backtest.known import known_in
from rightplace.forecast.backtest.result import BY_ORIGIN, BY_SIZE, METHODS, OURS, SCORES, SUMMARY
from rightplace.forecast.backtest.rivals import RIVALS
from rightplace.returns.statistics.build import national_from_statistics
from rightplace.streams import generator
from rightplace.vocabulary import authority

QUANTILES = ["p2_5", "p10", "p50", "p90", "p97_5"]
YEARS = range(2014, 2024)


def statistics(folder: Path, *, spoiled_after: int = 9999) -> Path:
    """Made-up totals of 16 authorities in the published columns; Januaries after a year are tripled."""
    folder.mkdir()
    draws = generator(1, "test.backtest")
    rows = []
    for place, code in enumerate(authority.current(2023)[2:18]):
        plans = 300.0 + 400.0 * place
        for year in YEARS:
            plans *= 1.08 + 0.04 * draws.standard_normal()
            shown = round(plans * (3 if year > spoiled_after else 1))
            rows.append(
                (f"{year - 1}{year % 100:02d}", "Local authority", code, "All EHC plans", "All EHC plans", shown, shown)
            )
    columns = [
        "time_period",
        "geographic_level",
        "old_la_code",
        "breakdown_topic",
        "breakdown",
        "ehcplans",
        "mainstream_la_maintained",
    ]
    pl.DataFrame(rows, schema=columns, orient="row").write_csv(folder / "caseload.csv")
    return folder


def returned(*, people: int = 300, spoiled_after: int = 9999) -> Area:
    """An area with five January returns and population; what is later than a year is made up otherwise."""
    draws = generator(2, "test.backtest")
    rows = []
    for number in range(people * 2):
        joined = int(draws.integers(2019, 2026)) if number >= people else 2019
        group = int(draws.integers(-2, 12))
        need, kind = str(draws.choice(["ASD", "SEMH"])), str(draws.choice(["mainstream", "special_state"]))
        for year in range(max(joined, 2022), 2027):
            here = kind if draws.random() > 0.05 else "special_state"
            if year > spoiled_after:
                need, here = "SLD", "other"
            rows.append((year, f"p{number}", None, need, None, here, group + year - joined, None))
    residents = [
        (year, age, 900.0 * (5 if year >= spoiled_after else 1), year > 2025)
        for year in range(2018, 2030)
        for age in range(26)
    ]
    tables = {"census": rows, "population": residents}
    frames = {name: pl.DataFrame(held, schema=BY_NAME[name].schema, orient="row") for name, held in tables.items()}
    return build(la_code="999", name="Marlshire (made-up)", tables=frames)


def run(*words: str | Path) -> str:
    """What the command prints. Raises what it raised."""
    app = typer.Typer()
    app.command()(command.run)
    done = CliRunner().invoke(app, [str(word) for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def written(folder: Path) -> dict[str, pl.DataFrame]:
    shapes = {"scores": SCORES, "summary": SUMMARY, "by_size": BY_SIZE, "by_origin": BY_ORIGIN}
    return {name: pl.read_csv(folder / f"{name}.csv", schema_overrides=shape) for name, shape in shapes.items()}


def test_every_authority_is_tested_by_one_command(tmp_path: Path) -> None:
    """A row for each authority, origin, year ahead and method; averages that the rows give; sentences; numbers that repeat."""
    folder = statistics(tmp_path / "open")
    words = ("--statistics", folder, "--first", "2021", "--horizons", "2", "--futures", "40")
    told = run(*words, "--out", tmp_path / "a")
    run(*words, "--out", tmp_path / "b")
    made = written(tmp_path / "a")
    for name in (*(f"{frame}.csv" for frame in made), "notes.txt"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    scores = made["scores"]
    methods = scores["method"].unique()
    assert {*RIVALS, OURS} <= set(methods) <= set(METHODS)
    assert scores.height == 16 * 3 * len(methods)
    assert scores.select("la_code", "origin", "horizon", "method").is_unique().all()
    assert (scores["target"] == scores["origin"] + scores["horizon"]).all()
    one = scores.filter((pl.col("method") == "no change") & (pl.col("horizon") == 2))
    assert one["error"].to_list() == pytest.approx((one["now"] - one["truth"]).to_list())
    average = 100 * (one["error"].abs() / one["truth"]).mean()
    row = made["summary"].filter((pl.col("method") == "no change") & (pl.col("horizon") == 2))
    assert row["mape_percent"][0] == pytest.approx(average, abs=1e-5)
    assert "authorities in England: total" in told
    assert "By mean absolute error of totals" in (tmp_path / "a" / "notes.txt").read_text()


def test_settings_are_scored_where_they_are_published(tmp_path: Path) -> None:
    """All plans of the made-up statistics are in mainstream schools, so "shares as they are" is our own total, to the plan.

    England's pattern is of January 2025, later than the origin: the notes say that.
    """
    folder = statistics(tmp_path / "open")
    made = authorities.backtest(
        lambda until: national_from_statistics(folder, until=until),
        first=2022,
        futures=40,
        with_library=False,
        with_parts=True,
    )
    totals, settings = (made.scores.filter(pl.col("dimension") == name) for name in ("total", "setting"))
    assert settings.filter(pl.col("truth") > 0)["value"].unique().to_list() == ["mainstream"]
    ours = totals.filter(pl.col("method") == OURS).select("la_code", "truth", "p50")
    shared = settings.filter((pl.col("method") == "shares as they are") & (pl.col("truth") > 0))
    both = ours.join(shared.select("la_code", truth_part="truth", p50_part="p50"), on="la_code")
    assert both.height == 16
    assert both["truth_part"].to_list() == both["truth"].to_list()
    assert both["p50_part"].to_list() == pytest.approx(both["p50"].to_list(), abs=1e-6)
    assert any("read by England's pattern of January 2025" in note for note in made.notes)
    assert settings.filter(pl.col("method") == OURS)["inside_95"].null_count() == 0


def test_what_is_forecast_from_a_January_knows_nothing_later(tmp_path: Path) -> None:
    """Januaries after 2021 tripled in the files: every method gives the same numbers from 2021, and none from 2022."""
    folders = [statistics(tmp_path / "plain"), statistics(tmp_path / "spoiled", spoiled_after=2021)]
    made = [
        authorities.backtest(
            lambda until, at=folder: national_from_statistics(at, until=until),
            first=2021,
            horizons=1,
            futures=40,
            with_library=False,
        ).scores.select("la_code", "origin", "method", "now", *QUANTILES)
        for folder in folders
    ]
    first, later = ([frame.filter(pl.col("origin") == year) for frame in made] for year in (2021, 2022))
    assert first[0].height == 16 * 7
    assert first[0].equals(first[1])
    both = later[0].join(later[1], on=["la_code", "method"])
    assert (both["p50"] != both["p50_right"]).all()


def test_an_area_is_tested_on_its_own_returns(tmp_path: Path) -> None:
    """From January 2023, 2024 and 2025; totals, needs, settings and year groups that add up to the returns."""
    area = returned()
    store.save(area, tmp_path / "area")
    told = run(tmp_path / "area", "--out", tmp_path / "out", "--futures", "40")
    scores = written(tmp_path / "out")["scores"]
    assert set(scores["method"]) == {"no change", "own last growth", "own three-year growth", "transition counts", OURS}
    assert set(scores["dimension"]) == {"total", "need", "setting", "year_group"}
    assert scores.group_by("origin").agg(pl.col("target").unique().sort()).sort("origin").to_dict(as_series=False) == {
        "origin": [2023, 2024, 2025], "target": [[2024, 2025, 2026], [2025, 2026], [2026]],
    }  # fmt: skip
    truth = scores.filter(pl.col("method") == OURS).group_by("origin", "target", "dimension").agg(pl.col("truth").sum())
    counted = area["census"].group_by(pl.col("census_year").cast(pl.Int32).alias("target")).len("people")
    checked = truth.join(counted, on="target")
    assert (checked["truth"] == checked["people"]).all()
    assert scores.filter((pl.col("method") == OURS) & (pl.col("dimension") == "total"))["crps"].null_count() == 0
    assert "Marlshire (made-up): year group" in told


def test_an_area_is_forecast_from_what_was_known_then() -> None:
    """Later returns and residents made up otherwise: the numbers from January 2024 are the same, the truth is not."""
    made = [
        returns.backtest(returned(spoiled_after=after), first=2024, horizons=1, futures=40) for after in (9999, 2024)
    ]
    key = ["origin", "method", "dimension", "value"]
    one, other = (each.scores.filter((pl.col("origin") == 2024) & (pl.col("now") > 0)).sort(key) for each in made)
    assert one.select(*key, "now", *QUANTILES).equals(other.select(*key, "now", *QUANTILES))
    assert not one["truth"].equals(other["truth"])


def test_a_record_as_it_was_known_has_nothing_later() -> None:
    then = known_in(returned(), 2024)
    assert then.census_years() == [2022, 2023, 2024]
    assert then["population"]["year"].max() == 2023
    assert not then["population"]["projected"].any()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--statistics", "open", "--first", "2023"), "No January after 2023"),
        (("--statistics", "open", "--first", "2014"), "At least two January counts"),
        (("--statistics", "open", "--first", "2010"), "No counts of EHC plans were found to January 2010"),
        (("area",), "too few January returns"),
    ],
)
def test_what_cannot_be_tested_is_refused_with_a_reason(tmp_path: Path, words: tuple[str, ...], what: str) -> None:
    statistics(tmp_path / "open")
    bare = build(
        la_code="302", name="Bare", tables={"census": returned(people=5)["census"].filter(pl.col("census_year") > 2024)}
    )
    store.save(bare, tmp_path / "area")
    at = [str(tmp_path / word) if word in ("open", "area") else word for word in words]
    with pytest.raises(UserError, match=what):
        run(*at, "--out", tmp_path / "out", "--futures", "40")
    assert not (tmp_path / "out").exists()


def test_one_of_area_and_statistics_must_be_given(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command.run)
    for words in ([], ["area", "--statistics", "open"]):
        assert CliRunner().invoke(app, [*words, "--out", str(tmp_path)]).exit_code == 2
