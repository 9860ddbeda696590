"""Attendance and behaviour of the sampled schools' pupils, a term at a time."""

from __future__ import annotations

import numpy as np
import polars as pl

from rightplace.example import figures
from rightplace.example.extracts.pupils import effects
from rightplace.example.figures import rate
from rightplace.example.kinds import Floats, Ints
from rightplace.example.life.record import Life

_MOST_MISSED = 0.98
_UNAUTHORISED_OTHERS = 0.25


def attendance(life: Life, terms: pl.DataFrame) -> pl.DataFrame:
    """The area's ``attendance`` table for the pupil terms of :func:`rightplace.example.extracts.pupils.terms_at_school`."""
    draw = life.world.draw("attendance")
    means = terms.select("phase", "sen_status", "need").join(
        _means(), on=["phase", "sen_status"], how="left", maintain_order="left"
    )
    means = means.join(_by_need(), on="need", how="left", maintain_order="left")
    count = terms.height
    status = terms["sen_status"].to_numpy()
    spread = np.where(status == "E", rate("absence_spread"), rate("absence_spread_without_plan"))
    missing = (
        means["absence"].to_numpy()
        * means["times"].fill_null(1.0).to_numpy()
        * effects(life, "absence", terms["pupil"], spread)
    )
    chance = np.minimum(missing * np.exp(0.25 * draw.standard_normal(count)), _MOST_MISSED)
    possible = terms["sessions"].to_numpy().astype(np.int64)
    missed = draw.binomial(possible, chance)
    unauthorised = draw.binomial(missed, means["unauthorised"].fill_null(_UNAUTHORISED_OTHERS).to_numpy())
    temper = effects(life, "behaviour", terms["pupil"], np.full(count, 1.1))
    suspended = draw.poisson(means["suspensions"].to_numpy() / 100 * temper * means["temper"].fill_null(1.0).to_numpy())
    incidents = draw.poisson(_incidents(status) * temper * means["temper"].fill_null(1.0).to_numpy()) + 2 * suspended
    excluded = draw.random(count) < means["exclusions"].to_numpy() / 100
    return _table(terms, possible, missed, unauthorised, incidents, suspended, excluded.astype(np.int64))


def _table(
    terms: pl.DataFrame,
    possible: Ints,
    missed: Ints,
    unauthorised: Ints,
    incidents: Ints,
    suspended: Ints,
    excluded: Ints,
) -> pl.DataFrame:
    return terms.select(
        "pupil_id", "person_id", "setting_id", "academic_year", "term", "year_group", "sen_status"
    ).with_columns(
        sessions_possible=pl.Series(possible, dtype=pl.Int32),
        sessions_missed=pl.Series(missed, dtype=pl.Int32),
        sessions_unauthorised=pl.Series(unauthorised, dtype=pl.Int32),
        behaviour_incidents=pl.Series(incidents, dtype=pl.Int32),
        suspensions=pl.Series(suspended, dtype=pl.Int32),
        permanent_exclusions=pl.Series(excluded, dtype=pl.Int32),
    )


def _means() -> pl.DataFrame:
    """Share of sessions missed, and suspensions and exclusions a term for each 100 pupils, by phase and status."""
    frame = figures.table("absence_by_phase").frame.select(
        "phase", "sen_status", absence=pl.col("absence_percent") / 100, suspensions="suspensions_per_100",
        exclusions="permanent_exclusions_per_100",
    )  # fmt: skip
    special = frame.filter(pl.col("phase") == "special")
    return pl.concat([frame, special.with_columns(sen_status=pl.lit("K"))])


def _by_need() -> pl.DataFrame:
    """Absence and temper by need against the mean of pupils with plans, and the unauthorised share of absence."""
    frame = figures.table("absence_by_need").frame
    plans = figures.table("need_by_age").frame.select(frame["need"].to_list()).sum().row(0)
    weights: Floats = np.array(plans, dtype=float)
    mean = float((frame["absence_percent"].to_numpy() * weights).sum() / weights.sum())
    angry = pl.when(pl.col("need") == "SEMH").then(3.0).otherwise(0.5)
    return frame.select(
        "need",
        times=pl.col("absence_percent") / mean,
        unauthorised=pl.col("unauthorised_percent") / pl.col("absence_percent"),
        temper=angry,
    )


def _incidents(status: np.ndarray[tuple[int], np.dtype[np.str_]]) -> Floats:
    names = {"E": "with_plan", "K": "with_support", "N": "otherwise"}
    known = {code: rate(f"incidents_a_term_{name}") for code, name in names.items()}
    return np.array([known[code] for code in status.tolist()])
