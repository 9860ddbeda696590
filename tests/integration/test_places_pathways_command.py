"""``rightplace pathways`` on the example area: the forecast's own futures, the files, and what is said in refusal."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.area.record import build
from rightplace.area.tables import BY_NAME
from rightplace.cli import pathways as command
from rightplace.errors import UserError
from rightplace.example.make import make_example
from rightplace.forecast.run import forecast
from rightplace.places.pathways import result, run

YEARS, FUTURES = 4, 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("example") / "made"
    make_example(made)
    return made / "area"


def test_accounts_are_the_forecast(folder: Path) -> None:
    """Places needed each September are the plans by kind of setting of the January in it, quantile by quantile.

    The forecast's numbers are margins its engine counts as it goes; ours are counted from the people followed.
    """
    area = store.load(folder)
    made = forecast(area, years=YEARS, futures=FUTURES, seed=5, mode="individual")
    found = run.of_forecast(area, made)
    kinds = made.summary.filter(dimension="setting").select(
        (pl.col("year") - 1).alias("year"), pl.col("value").alias("setting_kind"), "mean", "p10", "p50", "p90"
    )
    both = found.accounts.join(kinds, on=["year", "setting_kind"], how="left")
    assert both["mean"].null_count() == 0
    for ours, theirs in (("needed", "mean"), ("needed_p10", "p10"), ("needed_p50", "p50"), ("needed_p90", "p90")):
        assert (both[ours] - both[theirs]).abs().max() < 1e-9
    assert found.transfers.schema == pl.Schema(result.TRANSFERS)
    assert found.followed.schema == pl.Schema(result.FOLLOWED)
    assert found.places.schema == pl.Schema(result.PLACES)


def test_the_command_writes_its_files_and_says_what_is_not_known(folder: Path, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command.run)
    out = tmp_path / "out"
    told = CliRunner().invoke(
        app, [str(folder), "--out", str(out), "--years", "2", "--futures", "5"], catch_exceptions=False
    )
    assert told.exit_code == 0
    moved = pl.read_csv(out / "transfers.csv", schema_overrides={"stage": pl.String})
    assert set(moved["stage"]) <= {"11", "16", "18", "19", "25", "between"}
    assert result.NEW in set(moved["from_kind"])
    assert result.ENDED in set(moved["to_kind"])
    held = pl.read_csv(out / "accounts.csv")
    assert (held["held"] - held["leaving"] - held["staying"]).abs().max() < 1e-3
    assert (out / "followed.csv").is_file()
    assert (out / "places.csv").is_file()
    assert "also take children of other areas" in told.output.replace("\n", " ")


def test_an_area_with_totals_only_says_that_moves_are_borrowed() -> None:
    """Seven Januaries of totals and no return: moves come from England's pattern, and the notes say so."""
    rows = [
        {
            "year": 2019 + i,
            "measure": "plans",
            "dimension": "total",
            "value": "all",
            "people": 900.0 + 60 * i,
            "source": "made up",
        }
        for i in range(7)
    ]
    history = pl.DataFrame(rows, schema=BY_NAME["history"].schema)
    found = run.pathways(build(la_code="358", name="Testshire", tables={"history": history}), years=2, futures=5)
    assert any("borrowed from the pattern of England" in note for note in found.notes)
    assert found.accounts["needed"].sum() > 0
    assert found.accounts["places"].null_count() == found.accounts.height


def test_too_many_futures_are_refused_in_words(folder: Path) -> None:
    with pytest.raises(UserError, match="too many"):
        run.pathways(store.load(folder), futures=100_000)
