"""The transition-count model against the published demonstration of witan.send.

Inputs, parameter tables and the published run are in MastodonC's public repository witan.send, folder data/demo, at
4f51451 (2025-04-02). The published counts of 2019 are biased upward by a binomial sampler since mended, so counts are
compared with exact expectations of the same model and with quantiles of 20,000 simulations, both computed independently.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from rightplace.forecast.transition_counts import frames, inputs, skill
from rightplace.forecast.transition_counts.estimate import Parameters, estimate
from rightplace.forecast.transition_counts.exact import expected
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.options import PUT_RIGHT
from rightplace.forecast.transition_counts.simulate import Simulation, simulate
from rightplace.returns.transition_counts import read_folder

FUTURES = 1000
STATE = ["academic-year", "need", "setting"]
CELL = ["year", "dimension", "value"]

EXACT = {
    "total": {"all": (2247.34, 2318.80, 2388.95, 2462.04, 2533.47)},
    "need": {
        "T": (1220.43, None, 1339.51, None, 1446.72),
        "U": (490.56, None, 522.19, None, 541.02),
        "V": (45.74, None, 43.27, None, 42.34),
        "W": (37.50, None, 25.67, None, 21.91),
        "X": (220.25, None, 215.87, None, 226.36),
        "Y": (232.87, None, 242.44, None, 255.12),
    },
    "setting": {
        "A": (407.99, 482.95), "B": (1257.47, 1405.74), "C": (5.09, 7.78), "D": (18.34, 24.44), "E": (30.13, 41.00),
        "F": (121.60, 128.20), "G": (23.47, 31.69), "H": (38.92, 28.95), "I": (32.75, 48.15), "J": (65.38, 87.32),
        "K": (16.92, 20.62), "L": (58.75, 62.67), "M": (0.96, 0.80), "N": (34.97, 38.30), "O": (2.24, 1.90),
        "P": (8.01, 9.38), "Q": (6.75, 8.46), "R": (36.52, 36.61), "S": (81.07, 68.50),
    },
}  # fmt: skip
"""Exact means, computed elsewhere: totals and needs of 2018 to 2022, settings of 2018 and 2022."""

FOLDS = pl.DataFrame(
    {
        "train_until": [2013, 2013, 2013, 2014, 2014, 2015],
        "year": [2015, 2016, 2017, 2016, 2017, 2017],
        "mean": [1843.0, 1898.0, 1981.0, 2003.0, 2103.0, 2116.0],
        "low": [1793.0, 1828.0, 1899.0, 1951.0, 2031.0, 2065.0],
        "high": [1897.0, 1972.0, 2068.0, 2057.0, 2177.0, 2168.0],
        "truth": [1877, 2003, 2153, 2003, 2153, 2153],
        "inside": [True, False, False, True, True, True],
        "crps": [21.7, 84.3, 147.6, 6.2, 32.4, 24.4],
        "settings_inside": [17, 12, 13, 11, 14, 13],
        "settings_mae": [10.9, 16.7, 23.9, 10.9, 10.4, 11.1],
        "needs_inside": [4, 4, 5, 3, 5, 4],
        "needs_mae": [20.1, 22.8, 29.2, 16.6, 27.4, 16.8],
    }
)
"""The same folds, scored elsewhere."""


@pytest.fixture(scope="module")
def demo(open_data: Path) -> Path:
    return open_data / "witan_demo"


@pytest.fixture(scope="module")
def given(demo: Path) -> Inputs:
    return inputs.from_files(read_folder(demo))


@pytest.fixture(scope="module")
def parameters(given: Inputs) -> Parameters:
    return estimate(given)


@pytest.fixture(scope="module")
def run(given: Inputs, parameters: Parameters) -> Simulation:
    return simulate(given, parameters, futures=FUTURES, seed=1)


@pytest.fixture(scope="module")
def compared(run: Simulation, given: Inputs, parameters: Parameters, demo: Path) -> pl.DataFrame:
    """Every total, need and setting from 2018: ours, the exact mean, and the 20,000 simulations' figures."""
    figures: dict[str, list[float]] = json.loads((demo / "exact_reference.json").read_text())
    rows: list[dict[str, Any]] = []
    for name, (_, sd, low, median, high) in figures.items():
        dimension, value, year = name.split("|")
        rows.append(
            {
                "year": int(year),
                "dimension": dimension,
                "value": value,
                "ref_sd": sd,
                "low": low,
                "mid": median,
                "high": high,
            }
        )
    reference = pl.DataFrame(rows, schema_overrides={"year": pl.Int32}).filter(pl.col("ref_sd") > 0)
    exact = expected(given, parameters).rename({"mean": "exact"})
    joined = run.summary.join(exact, on=CELL).join(reference, on=CELL)
    return joined.with_columns(z=(pl.col("mean") - pl.col("exact")) / pl.col("ref_sd") * FUTURES**0.5)


def published(demo: Path, name: str) -> pl.DataFrame:
    table = pl.read_csv(demo / f"published_{name}_expectations.csv", infer_schema_length=None)
    return table.rename({"ay": "academic-year"}).with_columns(pl.col("academic-year").cast(pl.Int32))


def worst(ours: pl.DataFrame, theirs: pl.DataFrame, keys: list[str], columns: list[str]) -> float:
    """The largest relative difference, both tables having the same rows."""
    joined = ours.join(theirs, on=keys, suffix="_published")
    assert ours.height == theirs.height == joined.height
    return max(float(((joined[c] - joined[f"{c}_published"]) / joined[f"{c}_published"]).abs().max()) for c in columns)


def test_leaver_and_mover_parameters_are_those_published(demo: Path, parameters: Parameters) -> None:
    """1,464 pairs of Beta parameters each, printed in single precision."""
    columns = ["alpha", "beta", "expectation"]
    assert worst(frames.leaving(parameters), published(demo, "leaver_beta"), STATE, columns) < 2e-7
    assert worst(frames.moving(parameters), published(demo, "mover_beta"), STATE, columns) < 2e-7


def test_joiner_parameters_are_those_published(demo: Path, parameters: Parameters) -> None:
    """23 pairs of Beta parameters, printed in single precision, and 1,464 Dirichlet parameters, printed in double."""
    columns = ["alpha", "beta", "expectation"]
    assert worst(frames.joining(parameters), published(demo, "joiner_beta"), STATE[:1], columns) < 2e-7
    states = frames.arriving(parameters)
    assert worst(states, published(demo, "joiners_dirichlet"), STATE, ["alpha", "expectation"]) < 1e-12


def test_there_are_as_many_destination_parameters_as_the_published_model_has(parameters: Parameters) -> None:
    """17,508 mover parameters, counted in a run of the published code; each state's prior is worth one person."""
    table = frames.destinations(parameters)
    assert table.height == 17_508
    moves = parameters.destinations.alpha.sum() - table.select(STATE).n_unique()
    assert moves == pytest.approx(142 + 133 + 178 + 170)


def test_exact_means_are_those_worked_out_elsewhere(given: Inputs, parameters: Parameters) -> None:
    """To the two decimals they were given in."""
    means = {(y, d, v): m for y, d, v, m in expected(given, parameters).iter_rows()}
    for dimension, values in EXACT.items():
        for value, figures in values.items():
            years = (2018, 2022) if dimension == "setting" else range(2018, 2023)
            for year, figure in zip(years, figures, strict=True):
                if figure is not None:
                    assert means[year, dimension, value] == pytest.approx(figure, abs=0.00501), (value, year)


def test_exact_means_follow_a_recursion_written_apart(given: Inputs, parameters: Parameters) -> None:
    """One dictionary and the parameter tables, cell by cell: the same to 1e-9, by need and setting."""
    mean = {(a, n, s): float(p) for n, s, a, p in given.stock(2017).iter_rows()}
    leaving = {(a, n, s): e for a, n, s, _, _, e in frames.leaving(parameters).iter_rows()}
    moving = {(a, n, s): e for a, n, s, _, _, e in frames.moving(parameters).iter_rows()}
    joining = {a: e for a, _, _, e in frames.joining(parameters).iter_rows()}
    arriving = list(frames.arriving(parameters).iter_rows())
    going: dict[tuple[int, str, str], list[tuple[str, str, float]]] = {}
    for a, n, s, to_n, to_s, _, e in frames.destinations(parameters).iter_rows():
        going.setdefault((a, n, s), []).append((to_n, to_s, e))
    residents = {(y, a): p for y, a, p in given.population.iter_rows()}
    listed = {s: (low, high) for s, low, high, _, _ in given.valid_states.iter_rows()}
    for year in range(2018, 2023):
        after: dict[tuple[int, str, str], float] = {}
        for (a, n, s), people in mean.items():
            if a + 1 >= 21 or (a, n, s) not in leaving:
                continue
            stay = people * (1 - leaving[a, n, s])
            others = any(low <= a + 2 <= high for to, (low, high) in listed.items() if to not in (s, "M"))
            move = stay * moving[a, n, s] if others else 0.0
            for to_n, to_s, share in going.get((a, n, s), []) if move else []:
                after[a + 1, to_n, to_s] = after.get((a + 1, to_n, to_s), 0.0) + move * share
            after[a + 1, n, s] = after.get((a + 1, n, s), 0.0) + stay - move
        for a, n, s, _, share in arriving:
            after[a, n, s] = after.get((a, n, s), 0.0) + residents[year, a] * joining[a] * share
        mean = after
    ours = expected(given, parameters).filter(pl.col("year") == 2022)
    for column, place in (("need", 1), ("setting", 2)):
        for value, figure in ours.filter(pl.col("dimension") == column).select("value", "mean").iter_rows():
            assert figure == pytest.approx(sum(m for cell, m in mean.items() if cell[place] == value), rel=1e-9)


def test_simulated_totals_are_within_monte_carlo_error(compared: pl.DataFrame) -> None:
    """Three standard errors at 1,000 futures: means, spreads (7%), medians (0.12 sd) and 95% ends (0.25 sd, and 1 to round)."""
    totals = compared.filter(pl.col("dimension") == "total")
    assert totals.height == 5
    sd = totals["ref_sd"]
    assert float(totals["z"].abs().max()) <= 3.0
    assert float((totals["sd"] / sd - 1.0).abs().max()) <= 0.07
    assert ((totals["p50"] - totals["mid"]).abs() <= 0.12 * sd).all()
    for ours, theirs in (("p2_5", "low"), ("p97_5", "high")):
        assert ((totals[ours] - totals[theirs]).abs() <= 0.25 * sd + 1.0).all()


def test_simulated_means_of_every_total_need_and_setting_are_within_monte_carlo_error(compared: pl.DataFrame) -> None:
    """130 of them: the largest within 4 standard errors of the exact mean, the root mean square 0.7 to 1.3."""
    assert compared.height == 130
    assert float(compared["z"].abs().max()) <= 4.0
    assert 0.7 <= float((compared["z"] ** 2).mean()) ** 0.5 <= 1.3  # type: ignore[arg-type]


def test_simulated_spreads_of_every_need_and_setting_match(compared: pl.DataFrame) -> None:
    """Ends of 95% intervals: within 0.25 sd of the 20,000 simulations' and 1 to round, with 4 standard errors for 130 of them."""
    sd = compared["ref_sd"]
    assert ((compared["sd"] / sd - 1.0).abs().mean()) < 0.03  # type: ignore[operator]
    for ours, theirs in (("p2_5", "low"), ("p97_5", "high")):
        assert ((compared[ours] - compared[theirs]).abs() <= 0.34 * sd + 1.0).all()


def test_those_who_drop_out_of_listed_states_are_as_many_as_elsewhere(run: Simulation, demo: Path) -> None:
    figures = json.loads((demo / "exact_reference.json").read_text())
    flows = run.summary.filter(pl.col("dimension") == "flow")
    for year in range(2019, 2023):
        mean, sd = figures[f"dropped|all|{year}"][:2]
        lost = flows.filter((pl.col("year") == year) & pl.col("value").is_in(["vanished", "aged out"]))["mean"].sum()
        assert abs(lost - mean) <= 4.0 * sd * (1 / FUTURES + 1 / 20_000) ** 0.5


def test_put_right_has_fewer_joiners_and_loses_nobody_unseen(given: Inputs) -> None:
    """Joiners of 2018 are 273.8 as published and 263.6 with the right residents, as worked out elsewhere."""
    flows = expected(given, estimate(given, options=PUT_RIGHT)).filter(pl.col("dimension") == "flow")
    assert flows.filter((pl.col("year") == 2018) & (pl.col("value") == "joiners"))["mean"].item() == pytest.approx(
        263.6, abs=0.06
    )
    assert flows.filter(pl.col("value") == "vanished")["mean"].sum() == 0.0


def test_the_back_test_has_the_scores_found_elsewhere(given: Inputs) -> None:
    """Six folds; Monte Carlo error of 2,000 futures here and about as many there, and rounding."""
    ours = skill.folds(given, foresee=skill.forecaster(futures=2000)).join(
        FOLDS, on=["train_until", "year"], suffix="_ref"
    )
    assert ours.height == 6
    assert ours["truth"].to_list() == FOLDS["truth"].to_list()
    assert ours["inside"].to_list() == FOLDS["inside"].to_list()
    for column, allowed in (
        ("mean", 4.0),
        ("low", 8.0),
        ("high", 8.0),
        ("crps", 3.5),
        ("needs_mae", 0.6),
        ("settings_mae", 0.3),
    ):
        assert (ours[column] - ours[f"{column}_ref"]).abs().max() <= allowed, column  # type: ignore[operator]
    for column in ("needs_inside", "settings_inside"):
        assert (ours[column] - ours[f"{column}_ref"]).abs().max() <= 1, column  # type: ignore[operator]
    assert abs(int(ours["settings_inside"].sum()) - 80) <= 2
    assert np.isclose(int(ours["needs_inside"].sum()), 25, atol=1)
