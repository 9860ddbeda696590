"""The bases of the made-up area's special schools, colleges, units and resourced provision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl

from rightplace.area.tables import BY_NAME
from rightplace.example.extracts.provision import offered
from rightplace.example.figures import rate
from rightplace.example.kinds import (
    ALTERNATIVE,
    KINDS,
    RESOURCED,
    SPECIAL_INDEPENDENT,
    SPECIAL_NON_MAINTAINED,
    SPECIAL_STATE,
    SPECIALIST_COLLEGE,
    UNIT,
)
from rightplace.example.setting import Setting, Settings
from rightplace.vocabulary.need import Need

_WHOLE: Final = (SPECIAL_STATE, SPECIAL_NON_MAINTAINED, SPECIAL_INDEPENDENT, SPECIALIST_COLLEGE, ALTERNATIVE)
_OWN_PRICE: Final = (SPECIAL_NON_MAINTAINED, SPECIAL_INDEPENDENT, SPECIALIST_COLLEGE)
_BASE_NEEDS: Final = (
    (Need.ASD, Need.SLCN), (Need.SLCN, Need.MLD), (Need.ASD, Need.SEMH), (Need.HI, Need.SLCN), (Need.PD, Need.OTH),
    (Need.ASD, Need.SPLD), (Need.VI, Need.HI),
)  # fmt: skip
"""Needs of units and resourced provision, in the order of the schools that have them. Made up."""
_PENCE: Final = 100


def bases(settings: Settings, register: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    """The area's ``bases`` table: settings wholly for pupils with plans, units and resourced provision.

    ``register`` is the area's ``settings`` table, which has capacities and rolls. Capacity is left empty for a few, as
    areas leave it.
    """
    known = {row["setting_id"]: row for row in register.to_dicts()}
    rows = [
        row
        for at, setting in enumerate(settings.rows)
        if str(setting.urn) in known
        for row in _of(setting, at, known[str(setting.urn)], draw)
    ]
    schema = BY_NAME["bases"].schema
    return pl.DataFrame(rows, schema=schema).sort("setting_id", "base")


def _of(setting: Setting, at: int, known: dict[str, Any], draw: np.random.Generator) -> Iterator[dict[str, Any]]:
    if setting.kind in _WHOLE:
        needs = list(setting.needs)
        size = (known["capacity"], known["roll"])
        yield _row(setting, "main", setting.kind, needs, size, draw)
    for base, kind in (("resourced", RESOURCED), ("unit", UNIT)):
        if getattr(setting, base):
            needs = [str(need) for need in _BASE_NEEDS[(at + kind) % len(_BASE_NEEDS)]]
            yield _row(setting, base, kind, needs, (known[f"{base}_capacity"], known[f"{base}_roll"]), draw)


def _row(
    setting: Setting,
    base: str,
    kind: int,
    needs: list[str],
    size: tuple[int | None, int | None],
    draw: np.random.Generator,
) -> dict[str, Any]:
    unknown = float(draw.random()) < rate("base_capacity_unknown") and kind != SPECIAL_STATE
    return {
        "setting_id": str(setting.urn),
        "base": base,
        "setting_kind": str(KINDS[kind]),
        "needs": needs,
        "low_year_group": setting.low - 4,
        "high_year_group": setting.high - 5,
        "capacity": None if unknown else size[0],
        "roll": size[1],
        "sex": "X",
        "residential": setting.boarding if base == "main" else False,
        "provides": offered(needs, draw),
        "annual_cost_pence": _price(kind, draw) if kind in _OWN_PRICE else None,
    }


def _price(kind: int, draw: np.random.Generator) -> int:
    """A fee of its own: lognormal about the mean of its kind, as skewed as one county's mean and median are apart.

    None is below a state special school's.
    """
    spread = float(np.sqrt(2 * np.log(rate("independent_fee_mean_to_median"))))
    pounds = rate(f"cost_{KINDS[kind]}") * float(draw.lognormal(-(spread**2) / 2, spread))
    return round(max(pounds, rate("cost_special_state")) / 100) * 100 * _PENCE
