"""Chains of schools, all followed at once, against one walked at a time."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rightplace.returns.gias.links import follow


def walked(steps: dict[str, str]) -> tuple[dict[str, str], int]:
    """Oracle: walk each chain in Python until it ends or comes round."""
    ends, rings = {}, 0
    for start in steps:
        seen, here = {start}, start
        while here in steps and steps[here] not in seen:
            here = steps[here]
            seen.add(here)
        if here in steps:
            rings += 1
        else:
            ends[start] = here
    return ends, rings


@given(st.dictionaries(st.integers(1, 30).map(str), st.integers(1, 30).map(str), max_size=30))
def test_following_together_is_following_one_by_one(steps: dict[str, str]) -> None:
    steps = {urn: onward for urn, onward in steps.items() if urn != onward}
    frame = pl.DataFrame(
        {"urn": list(steps), "next_urn": list(steps.values())}, schema={"urn": pl.String, "next_urn": pl.String}
    )
    made, rings = follow(frame)
    assert (dict(made.rows()), rings) == walked(steps)
