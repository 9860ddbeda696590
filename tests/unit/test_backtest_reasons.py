"""The reason a rival was nearer is worked out from both methods' forecasts."""

from __future__ import annotations

import polars as pl
import pytest

from rightplace.forecast.backtest import reasons, words
from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.published.panel import Panel

RIVAL = "England's growth"


def rows(method: str, middles: tuple[float, float]) -> list[tuple[object, ...]]:
    return [
        (code, method, 2022, 1, "total", "1,500 to 2,999 plans", 2000.0, truth, middle)
        for code, truth, middle in zip(("301", "302"), (2200.0, 2400.0), middles, strict=True)
    ]


def scores(own: tuple[float, float], other: tuple[float, float]) -> pl.DataFrame:
    columns = ["la_code", "method", "origin", "horizon", "dimension", "size", "now", "truth", "p50"]
    return pl.DataFrame([*rows(OURS, own), *rows(RIVAL, other)], schema=columns, orient="row")


def test_a_method_is_taken_apart_into_the_country_and_the_rest() -> None:
    """Middles 2,090 and 2,280 of 2,200 and 2,400: 5% short in each; with all growth right, no error is left."""
    made = reasons.apart(scores((2090.0, 2280.0), (1.0, 1.0)).filter(pl.col("method") == OURS))
    assert made.error == pytest.approx(5.0)
    assert made.foreseen == pytest.approx(4370 / 4000 - 1)
    assert made.after == pytest.approx(0.0, abs=1e-9)


def test_the_reason_names_the_turn_of_the_country_or_how_areas_differ() -> None:
    turned = reasons.reason(scores((2090.0, 2280.0), (2300.0, 2300.0)), 2022, 1, RIVAL)
    assert "plans grew by 15.0% in all, Rightplace foresaw 9.3% and it 15.0%" in turned
    assert turned.endswith("the turn of all areas together is why")
    apart = reasons.reason(scores((2450.0, 2150.0), (2190.0, 2390.0)), 2022, 1, RIVAL)
    assert "told areas apart better" in apart


def test_returns_not_believed_are_in_the_notes_from_when_they_are_found() -> None:
    class One:
        def __init__(self, january: int, doubted: tuple[tuple[str, int, float], ...]) -> None:
            self.january = january
            self.past = Panel(codes=(), years=(), counts=None, doubted=doubted)  # type: ignore[arg-type]

    origins = [One(2024, ()), One(2025, (("892", 2024, 2115.0),))]
    told = list(words.not_believed(origins))  # type: ignore[arg-type]
    assert len(told) == 1
    assert "Nottingham January 2024 (2115), as known in 2025" in told[0]
    assert list(words.not_believed(origins[:1])) == []  # type: ignore[arg-type]
