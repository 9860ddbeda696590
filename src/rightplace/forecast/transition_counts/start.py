"""Where futures start and who may join them: the seed January's plans, and residents to come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.errors import DataError
from rightplace.forecast.transition_counts.estimate import Parameters
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.states import States
from rightplace.forecast.transition_counts.tally import residents_of


def starting(inputs: Inputs, states: States) -> NDArray[np.int32]:
    """Plans in place in the seed January, (G, N, S)."""
    stock = inputs.stock(inputs.seed_year)
    return states.counted(stock, "need", "setting", "academic-year").astype(np.int32)


def projected(inputs: Inputs, parameters: Parameters, last_year: int | None) -> NDArray[np.float64]:
    """Residents (years, G) of each January to foresee; NaN where nobody can join and the number is not known.

    Raises ``DataError`` where there is no January to foresee, or residents who can join are not known.
    """
    years = inputs.years(last_year)
    if not years:
        raise DataError(
            f"The population has no January after {inputs.seed_year}.",
            action="Add projected residents: the futures are as long as the population goes.",
        )
    residents = residents_of(inputs, parameters.states, years)
    can_join = parameters.arriving.any(axis=(1, 2))
    unknown = np.argwhere(np.isnan(residents) & can_join)
    if len(unknown):
        words = ", ".join(f"year group {parameters.states.groups[g]} in {years[y]}" for y, g in unknown[:5])
        raise DataError(f"The population has no residents of {words}.", action="Add them to the population.")
    return residents
