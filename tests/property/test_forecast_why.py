"""Parts of a change add up to it in every case, and are what closed forms say; so are the sources of uncertainty."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.forecast.cohort.effects import LEAVING, Effects
from rightplace.forecast.cohort.engine import simulate
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.result import ASSUMPTIONS, FLOWS, HISTORY, RATES, Forecast
from rightplace.forecast.summary import of_stock
from rightplace.forecast.why.change import WHY, decompose
from rightplace.forecast.why.doubt import uncertainty
from rightplace.streams import generator

_spec = importlib.util.spec_from_file_location("engine_case", Path(__file__).parents[1] / "made" / "engine_case.py")
assert _spec is not None
assert _spec.loader is not None
case = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(case)
K, N, YEARS = case.K, case.N, case.YEARS
MODEL = case.made_model()


def _made(
    paths: Paths, model: Model = MODEL, start: np.ndarray = case.START, acting: Effects | None = None
) -> Forecast:
    run = simulate(case.STATES, model, paths, start, seed=1, effects=acting)
    return Forecast(
        la_code="302", name="Made up", summary=of_stock(run, 2026), flows=pl.DataFrame(schema=FLOWS),
        history=pl.DataFrame(schema=HISTORY), rates=pl.DataFrame(schema=RATES),
        assumptions=pl.DataFrame(schema=ASSUMPTIONS), method="", futures_total=run.totals, inputs=run.inputs,
    )  # fmt: skip


def _wandering(futures: int, total: int | None = None) -> Paths:
    """Paths in which everything moves."""
    draws = generator(5, "test.wandering")
    paths = case.made_paths(futures, total=total)
    growth = np.exp(0.04 * np.arange(YEARS))
    return paths._replace(
        joining=np.exp(draws.normal(0.05, 0.1, (futures, YEARS)).cumsum(axis=1)),
        leaving=np.exp(draws.normal(0.0, 0.2, (futures, YEARS))),
        kinds=np.exp(draws.normal(0.0, 0.3, (futures, YEARS, K))),
        residents=paths.residents * growth[:, None],
    )


def _mean(frame: pl.DataFrame, part: str, value: str = "total") -> np.ndarray:
    return frame.filter((pl.col("part") == part) & (pl.col("value") == value)).sort("year")["mean"].to_numpy()


@pytest.mark.parametrize("total", [None, 1600])
def test_parts_add_up_to_the_change(total: int | None) -> None:
    """In each year, dimension and value the means of the parts add up to the mean change, with and without given totals."""
    acting = case.effect(LEAVING, 1.3, 50, first=2)
    made = _made(_wandering(50, total), acting=acting)
    frame = decompose(made)
    assert dict(frame.schema) == WHY
    keys = ["year", "dimension", "value"]
    parts = frame.filter(pl.col("part") != "change").group_by(keys).agg(pl.col("mean").sum()).sort(keys)
    change = frame.filter(part="change").sort(keys)
    assert parts["mean"].to_numpy() == pytest.approx(change["mean"].to_numpy(), abs=1e-9)
    total_now = made.summary.filter(pl.col("dimension") == "total").sort("year")["mean"].to_numpy()
    assert _mean(frame, "change") == pytest.approx(total_now[1:] - total_now[0])
    turned = frame.filter(pl.col("part").is_in(["moved", "need_changed"]) & (pl.col("dimension") == "setting"))
    by_year = turned.group_by("year", "part").agg(pl.col("mean").sum())
    assert by_year["mean"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_what_does_not_move_explains_nothing() -> None:
    """With no trend every part that moves is nought in every future; the rest is the change."""
    frame = decompose(_made(case.made_paths(30)))
    moving = frame.filter(pl.col("part").is_in(["population", "joining_rate", "leaving_rate", "moves", "interaction"]))
    assert moving.select(pl.col("mean", "p10", "p90").abs().max()).row(0) == (0.0, 0.0, 0.0)
    grown = frame.filter((pl.col("part") == "grown_older") & pl.col("dimension").is_in(["total", "need", "setting"]))
    assert grown["mean"].abs().max() == 0.0


def test_the_part_of_the_population_is_its_closed_form() -> None:
    """Residents that grow by 10% a year and nothing else: the part is the difference of two exact means."""
    futures = 1000
    paths = case.made_paths(futures)
    grown = paths._replace(residents=paths.residents * 1.1 ** np.arange(YEARS)[:, None])
    frame = decompose(_made(grown), dimensions=("total",))
    exact = (case.exact_means(MODEL, grown) - case.exact_means(MODEL, paths)).sum(axis=(1, 2, 3))[1:]
    assert _mean(frame, "population") == pytest.approx(exact, rel=0.05, abs=0.5)
    assert np.abs(_mean(frame, "interaction")).max() == 0.0


def test_shares_of_uncertainty_are_their_closed_forms() -> None:
    """Nobody at the start, one year: joiners are Poisson of rate m G, with m the trend and G the gamma rates times residents.

    So chance is E[m] E[G], trend Var(m) E[G]^2, parameters E[m^2] Var(G) (law of total variance). 20,000 futures.
    """
    futures = 20_000
    draws = generator(8, "test.doubt")
    shape, rate = 6.0, 6.0 / 0.05
    model = MODEL._replace(joining=MODEL.joining._replace(rate=np.tile([shape, rate], (GROUPS, 1))))
    paths = case.made_paths(futures, years=1)._replace(joining=np.exp(draws.normal(0.0, 0.2, (futures, 1))))
    made = _made(paths, model, np.zeros_like(case.START))
    frame = uncertainty(made, dimensions=("total",), futures=futures)
    residents, m = paths.residents[0], paths.joining[:, 0]
    g, v = (residents * shape / rate).sum(), (residents**2 * shape / rate**2).sum()
    wanted = {"chance": m.mean() * g, "trend": m.var() * g**2, "parameters": (m**2).mean() * v}
    whole = sum(wanted.values())
    for source, variance in wanted.items():
        row = frame.filter(source=source)
        assert row["variance"][0] == pytest.approx(variance, rel=0.15)
        assert row["share"][0] == pytest.approx(variance / whole, abs=0.02)
    assert frame["share"].sum() == pytest.approx(1.0)


def test_what_cannot_be_taken_apart_is_refused() -> None:
    """A forecast without its inputs, and one of a single future, are refused in words."""
    made = _made(case.made_paths(1))
    with pytest.raises(UserError, match="at least two futures"):
        uncertainty(made)
    bare = Forecast(**{**{name: getattr(made, name) for name in Forecast.__slots__}, "inputs": None})
    with pytest.raises(UserError, match="does not hold what it was made from"):
        decompose(bare)
