"""Money of a day that an investment plan is made with (:mod:`rightplace.parameters`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rightplace import parameters
from rightplace.vocabulary.setting import SettingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Money of a day: discount, asset life, transport, a child left out, road for each straight kilometre, and bought places.

    ``growth``: how fast places bought one by one can grow, a share a year, by kind of setting.
    """

    discount: float
    life: float
    per_km: float
    unplaced: float
    detour: float
    special: float
    bought: Mapping[str, float]
    growth: Mapping[str, float]

    @property
    def annuity(self) -> float:
        """Yearly cost of one pound of capital over its life."""
        return float(self.discount / (1.0 - (1.0 + self.discount) ** -self.life))


def prices(on: date) -> Prices:
    """Prices in force on a day (:mod:`rightplace.parameters`)."""

    def get(name: str) -> float:
        return float(parameters.load(name).at(on).value or 0)

    return Prices(
        discount=get("discount_rate_share"), life=get("capital_asset_life_years"), per_km=get("planning_transport_per_km_gbp"),
        unplaced=get("unplaced_child_gbp"), detour=get("detour_factor"), special=get("place_cost_special_state_gbp"),
        bought={
            str(SettingKind.SPECIAL_INDEPENDENT): get("place_cost_special_independent_gbp"),
            str(SettingKind.SPECIALIST_POST_16): get("place_cost_specialist_post_16_gbp"),
        },
        growth={
            str(SettingKind.SPECIAL_INDEPENDENT): get("special_independent_growth_yearly_share"),
            str(SettingKind.SPECIALIST_POST_16): get("specialist_post_16_growth_yearly_share"),
        },
    )  # fmt: skip
