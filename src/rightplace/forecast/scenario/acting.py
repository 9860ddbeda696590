"""A scenario put to work: what it does to rates wherever the futures start, and the damping it chooses for published totals."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rightplace.errors import UserError
from rightplace.forecast.chosen import DAMPING, Choices
from rightplace.forecast.cohort.effects import Acts
from rightplace.forecast.cohort.engine import EffectsOf
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.scenario.compile import compile_effects
from rightplace.forecast.scenario.description import Scenario

_EARLIER: Final = 20


def effects_of(scenario: Scenario, *, years: int, seed: int) -> EffectsOf:
    """What compiles the scenario for the states of an area and the January its futures start from."""

    def compiled(space: Space, seed_year: int) -> Acts:
        # Where the last return is not believed, the futures start from an earlier January and are that much longer.
        steps = years + _EARLIER
        return compile_effects(scenario, space, years=steps, seed=seed, seed_year=seed_year)

    return compiled


def damped(england: Grounds, choices: Choices) -> Grounds:
    """England's growth with the chosen damping. Raises ``UserError`` for choices that published counts have nothing for."""
    rates = [one.kind for one in choices.all if one.kind != DAMPING]
    if rates:
        raise UserError(
            f"This area is forecast from published totals, which do not follow a yearly {' or a '.join(rates)}.",
            where="assumptions",
            action="Use a change instead (rate, with “every year: yes”), or load the area's January returns.",
        )
    growth = replace(england.growth, damping=choices.damping(england.growth.damping))
    return replace(england, growth=growth)
