"""Rules on the needs of an active plan."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.rule import ERROR, Rule, documented, inferred
from rightplace.returns.checks.sources import GUIDE, MEANING
from rightplace.returns.checks.terms import c, missing_or_not_one_of
from rightplace.vocabulary.need import FIRST_EDITION, Need

_rule = partial(Rule, table="senneed")

_CODES: Final = [need.value for need in Need if need is not Need.NOT_RECORDED]
_TOO_EARLY: Final = pl.any_horizontal(
    (c("sen_type") == need.value) & (c("edition") < first) for need, first in FIRST_EDITION.items()
)

RULES: Final = (
    _rule(
        id="L23",
        table="activeplans",
        severity=ERROR,
        title="One or two needs, ranked",
        message="Needs: {n_ranked}, of which {n_rank_one} of rank 1 and {n_rank_two} of rank 2; there must be one of rank 1, or one of each.",
        action="Give the primary need rank 1 and the secondary, if there is one, rank 2.",
        fields=("SENneed", "SENtypeRank"),
        basis=documented(GUIDE),
        when=(c("n_rank_unreadable") == 0)
        & ~((c("n_ranked").is_between(1, 2)) & (c("n_rank_one") == 1) & (c("n_rank_two") == c("n_ranked") - 1)),
        counts=("senneed",),
        note="The count is documented; the ranks are inferred.",
    ),
    _rule(
        id="L24",
        severity=ERROR,
        title="Need is a code",
        message="SENtype is {SENtype}; it must be a code of the {edition} edition.",
        action="Write one of the codes; DS (Down syndrome) is from 2025.",
        fields=("SENtype",),
        basis=documented(GUIDE),
        when=missing_or_not_one_of("sen_type", _CODES) | _TOO_EARLY,
    ),
    _rule(
        id="L25",
        severity=ERROR,
        title="Needs of a plan differ",
        message="SENtype {SENtype} is given twice for one plan.",
        action="Take out the repeated need, or correct it.",
        fields=("SENtype",),
        basis=inferred(MEANING),
        when=c("is_need_repeated"),
    ),
)
