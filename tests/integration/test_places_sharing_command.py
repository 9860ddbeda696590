"""``rightplace share-places``: factors by hand and from published statistics, framework files, and refusals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from rightplace.cli import share_places as command
from rightplace.errors import DataError, UserError
from rightplace.places.sharing import factors
from rightplace.places.sharing.framework import from_values, own

GIVEN = {
    "name": "Ours",
    "source": "Minute 4",
    "weights": {"need": "0.6", "shortage": "0.4"},
    "floor": "2",
    "cap": "900",
}


def _expected(la_code: str, years: dict[int, tuple[float, float]]) -> list[dict[str, object]]:
    return [
        {"la_code": la_code, "year": year, "dimension": dimension, "value": value, "p50": number}
        for year, (total, special) in years.items()
        for dimension, value, number in (("total", "all", total), ("setting", "special_state", special))
    ]


def test_factors_by_hand() -> None:
    """Two areas on a line: one grows by 300 and is 50 places short; the other shrinks, has room, and its school is 3 km off."""
    expected = pl.DataFrame(
        _expected("001", {2025: (1000, 250), 2030: (1300, 300)})
        + _expected("002", {2024: (9000, 80), 2025: (800, 90), 2030: (700, 80)})
    )
    capacity = pl.DataFrame(
        {"la_code": ["001", "002"], "provision": "state special schools", "measure": "places", "number": [200.0, 100.0]}
    )
    homes = pl.DataFrame(
        {
            "la_code": ["001", "001", "002"], "easting": [0.0, 1000.0, 4000.0], "northing": [0.0, 0.0, 0.0],
            "deprivation_decile": [3, 4, 1], "people_0_17": [100.0, 50.0, 20.0],
        }
    )  # fmt: skip
    schools = pl.DataFrame(
        {"setting_kind": ["special_state", "mainstream"], "easting": [1000.0, 4000.0], "northing": [0.0, 0.0]}
    )
    found = factors.factors(expected, capacity, homes, schools)
    assert found.areas.rows() == [("001", 300.0, 100.0, 100.0, 50.0), ("002", 0.0, 20.0, 60.0, 0.0)]
    assert any("January 2025 to January 2030" in note for note in found.notes)
    without = factors.factors(expected, capacity.head(1), homes, schools)
    assert without.areas["shortage"].to_list() == [50.0, None]
    assert "shortage is not known for 002." in without.notes


def test_a_forecast_without_totals_is_refused() -> None:
    none = pl.DataFrame(schema={"la_code": pl.String, "year": pl.Int32, "dimension": pl.String, "value": pl.String})
    with pytest.raises(DataError, match="no total"):
        factors.factors(none, none, none, none)


def test_a_framework_file_says_every_mistake() -> None:
    made = from_values(GIVEN, "ours.yaml", "places")
    assert [factor.name for factor in made.factors] == ["need", "shortage"]
    assert (made.floor, made.cap, made.verified, made.source) == (2, 900, False, "Minute 4")
    bad = {"weights": {"need": "0.6", "luck": "1", "shortage": "two"}, "floor": "-3", "unit": "pupils", "colour": "red"}
    with pytest.raises(DataError) as said:
        from_values(bad, "ours.yaml", "places")
    for words in ("'luck' is not a factor", "'two'", "floor is '-3'", "unit is 'pupils'", "'colour'"):
        assert words in str(said.value)
    for wrong, words in (
        ({**GIVEN, "weights": {"need": "0.5", "shortage": "0.4"}}, "add up to 0.9"),
        ({**GIVEN, "weights": {"shortage": "1"}}, "need has no weight"),
        ({**GIVEN, "cap": "1"}, "cap is below the floor"),
        ({**GIVEN, "unit": "pounds"}, "places were asked for"),
        ([], "no name and weights"),
        ({"name": "x"}, "no weights"),
    ):
        with pytest.raises(DataError, match=words):
            from_values(wrong, "ours.yaml", "places")


def test_our_own_framework_is_marked_as_nobodys_policy() -> None:
    made = own("pounds", date(2026, 9, 1))
    assert sum(factor.weight for factor in made.factors) == pytest.approx(1)
    assert not made.verified
    assert made.floor > own("places", date(2026, 9, 1)).floor


def _invoke(*words: str) -> str:
    app = typer.Typer()
    app.command()(command.run)
    told = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return " ".join(told.output.split())


def test_all_england_from_published_statistics(open_data: Path, tmp_path: Path) -> None:
    """Every authority has a share, in all 60,000 places; what is not published for it is said. The forecast is made up."""
    from rightplace.forecast.england.result import AREAS
    from rightplace.vocabulary.authority import AUTHORITIES

    codes = [code for code, each in AUTHORITIES.items() if each.in_force(2025)]
    rows = [
        row
        for place, code in enumerate(codes)
        for row in _expected(code, {2025: (900, 300), 2030: (1000 + place, 350)})
    ]
    made = pl.DataFrame(rows).with_columns(pl.lit(0.0).alias(name) for name in AREAS if name not in rows[0])
    (tmp_path / "all").mkdir()
    made.select(list(AREAS)).write_csv(tmp_path / "all" / "areas.csv")
    common = ("--statistics", str(open_data), "--forecast", str(tmp_path / "all"))
    said = _invoke(*common, "--pot", "60000", "--out", str(tmp_path / "out"))
    found = pl.read_csv(tmp_path / "out" / "shares.csv", schema_overrides={"la_code": pl.String})
    assert found["amount"].sum() == 60_000
    assert found.height == len(codes)
    assert found["amount"].null_count() == 0
    assert "do not present the shares as anyone's allocation" in said
    known = pl.read_csv(tmp_path / "out" / "factors.csv", schema_overrides={"la_code": pl.String})
    assert known["deprivation"].null_count() == known["distance"].null_count() == 0
    assert known.filter(la_code="420")["shortage"].item() is None
    rules = tmp_path / "ours.yaml"
    rules.write_text(
        "name: Ours\nsource: Minute 4\nweights: {need: 1}\nfloor: 100000\nunit: pounds\n", encoding="utf-8"
    )
    _invoke(
        *common, "--pot", "3000000", "--unit", "pounds", "--region", "north east", "--framework", str(rules), "--out",
        str(tmp_path / "ours"),
    )  # fmt: skip
    region = pl.read_csv(tmp_path / "ours" / "shares.csv", schema_overrides={"la_code": pl.String})
    assert region["amount"].sum() == 3_000_000
    assert region["amount"].min() >= 100_000
    assert {AUTHORITIES[code].region for code in region["la_code"]} == {"North East"}


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--unit", "pupils"), "not a unit"), (("--framework", "missing.yaml"), "cannot be read")],
)
def test_bad_words_are_refused_before_anything_is_read(words: tuple[str, str], said: str, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command.run)
    told = CliRunner().invoke(app, ["--statistics", str(tmp_path), "--pot", "5", "--out", str(tmp_path / "o"), *words])
    assert isinstance(told.exception, UserError)
    assert said in str(told.exception)
