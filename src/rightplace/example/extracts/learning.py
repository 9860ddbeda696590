"""Yearly results of the sampled schools' pupils in reading, writing and mathematics."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.example.figures import rate
from rightplace.example.life.record import Life

SUBJECTS: Final = ("reading", "writing", "mathematics")
_NAMES: Final = {"E": "score_with_plan", "K": "score_with_support", "N": "score_otherwise"}
_BETWEEN: Final = 11.0
_WITHIN: Final = 5.0
"""Standard deviations of a score between pupils of one status, and of one pupil's from year to year. Assumed."""
_TESTED: Final = range(1, 12)


def learning(life: Life, terms: pl.DataFrame) -> pl.DataFrame:
    """The area's ``learning`` table: a score a pupil, subject and academic year, for pupils there in the summer term."""
    draw = life.world.draw("learning")
    there = terms.filter(pl.col("term") == "summer", pl.col("year_group").is_in(_TESTED))
    codes = there["pupil"].rank("dense").to_numpy() - 1
    own = draw.normal(0, _BETWEEN, int(codes.max(initial=0)) + 1)[codes]
    usual = there["sen_status"].replace_strict({code: rate(name) for code, name in _NAMES.items()}).to_numpy()
    parts = []
    for subject in SUBJECTS:
        score = np.clip(usual + own + draw.normal(0, _WITHIN, there.height), 55, 145)
        parts.append(
            there.select("pupil_id", "setting_id", "academic_year", "year_group", "sen_status").with_columns(
                subject=pl.lit(subject), scaled_score=pl.Series(np.round(score, 1))
            )
        )
    rows = pl.concat(parts).unique(["pupil_id", "academic_year", "subject"], keep="first", maintain_order=True)
    return rows.select("pupil_id", "setting_id", "academic_year", "year_group", "sen_status", "subject", "scaled_score")
