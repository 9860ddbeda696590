"""What section F of the made-up plans names, and what the made-up settings offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from rightplace.example.figures import rate
from rightplace.vocabulary.need import Need

SPEECH: Final = "speech and language therapy"
OCCUPATIONAL: Final = "occupational therapy"
PHYSIOTHERAPY: Final = "physiotherapy"
HYDROTHERAPY: Final = "hydrotherapy"
NURSING: Final = "nursing care"
LITERACY: Final = "specialist teaching of literacy"
AUTISM: Final = "autism specialist teaching"
SENSORY: Final = "sensory room"
MENTAL_HEALTH: Final = "mental health support"
NURTURE: Final = "nurture group"
DEAF: Final = "teacher of the deaf"
VISION: Final = "teacher of children with vision impairment"
SMALL_GROUP: Final = "small-group teaching"

BY_NEED: Final[dict[str, tuple[str, ...]]] = {
    Need.SPLD: (LITERACY, SMALL_GROUP),
    Need.MLD: (SMALL_GROUP, SPEECH),
    Need.SLD: (SPEECH, OCCUPATIONAL, SENSORY),
    Need.PMLD: (PHYSIOTHERAPY, HYDROTHERAPY, NURSING, SPEECH),
    Need.SEMH: (MENTAL_HEALTH, NURTURE),
    Need.SLCN: (SPEECH, SMALL_GROUP),
    Need.HI: (DEAF, SPEECH),
    Need.VI: (VISION,),
    Need.MSI: (DEAF, VISION, SENSORY),
    Need.PD: (PHYSIOTHERAPY, OCCUPATIONAL, HYDROTHERAPY),
    Need.ASD: (AUTISM, SPEECH, OCCUPATIONAL, SENSORY),
    Need.DS: (SPEECH, SMALL_GROUP),
    Need.OTH: (SMALL_GROUP,),
}
"""What a need leads to, the likeliest first. Made up: what plans name is not published."""
SCARCE: Final = (HYDROTHERAPY, NURSING, MENTAL_HEALTH)
"""What some settings set up for a need have not got."""


def provision(plans: pl.DataFrame, draw: np.random.Generator) -> pl.DataFrame:
    """The area's ``provision`` table. ``plans`` has plan_id, person_id and need, a row a plan.

    Of some plans nothing is in the record; the others name one to four kinds, each less often than the one before.
    """
    luck = draw.random((plans.height, 1 + max(map(len, BY_NEED.values()))))
    recorded = luck[:, 0] < rate("provision_recorded")
    chance = np.array([1.0, *(rate("provision_next") ** step for step in range(1, luck.shape[1] - 1))])
    named = (luck[:, 1:] < chance) & recorded[:, None]
    words = [list(BY_NEED.get(need, ())) for need in plans["need"].fill_null("").to_list()]
    lists = [
        [word for word, yes in zip(each, row, strict=False) if yes] for each, row in zip(words, named, strict=True)
    ]
    return (
        plans.select("plan_id", "person_id")
        .with_columns(provision=pl.Series(lists, dtype=pl.List(pl.String)))
        .explode("provision")
        .drop_nulls("provision")
        .sort("plan_id", "provision")
    )


def offered(needs: Sequence[str], draw: np.random.Generator) -> list[str]:
    """What a setting for some needs offers: most of what they lead to; scarce things less often."""
    wanted = sorted({word for need in needs for word in BY_NEED.get(need, ())})
    luck = draw.random(len(wanted))
    chance = (rate("scarce_provision_offered") if word in SCARCE else rate("provision_offered") for word in wanted)
    return [word for word, lucky, most in zip(wanted, luck.tolist(), chance, strict=True) if lucky < most]
