"""This return beside last year's: the counts compared, and the people followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.shares import differs, failing, limit
from rightplace.returns.checks.terms import c, given

_AT_LEAST: Final = 30


def active_plans(frames: Frames) -> int:
    """Plans active on census day."""
    return int(frames["namedplan"]["is_active"].sum())


def new_plans(frames: Frames) -> int:
    """Plans that started in the period and were not transferred in."""
    started = frames["namedplan"].filter(
        c("start_date").is_between(c("period_start"), c("period_end")) & c("transfer_la").is_null()
    )
    return started.height


def ceased_plans(frames: Frames) -> int:
    """Plans with a date of ceasing."""
    return int(frames["namedplan"]["cease_date"].count())


def compare(frames: Frames, count: Callable[[Frames], int], *, limit_name: str) -> pl.DataFrame:
    """A failure when a count differs from last year's by more than the share of a limit."""
    if frames.previous is None:
        return failing()
    share = limit(limit_name, frames.census_day)
    return differs(now=count(frames), before=count(frames.previous), at_least=_AT_LEAST, share=share)


def vanished(frames: Frames) -> pl.DataFrame:
    """People whose plan was active last January and who have neither an active nor a ceased plan now.

    They are not in this return, or have no plan in it, so there is no record to point at.
    """
    if frames.previous is None:
        return failing()
    with_plan = frames["namedplan"].filter(c("is_active") | given("cease_date"))
    now = frames["person"].join(with_plan, on="person_row", how="semi")
    before = _known(frames.previous).filter(c("n_active_plans") > 0)
    found = c("upn").is_in(now["upn"].drop_nulls().implode()) | c("uln").is_in(now["uln"].drop_nulls().implode())
    lost = before.filter(~found.fill_null(value=False)).sort("number")
    return lost.select(c("number").alias("person"), pl.format("{} in last year's return", "number").alias("value"))


def born_again(frames: Frames) -> pl.DataFrame:
    """People whose date of birth is not last year's."""
    if frames.previous is None:
        return failing()
    before = _known(frames.previous).select("number", c("birth_date").alias("before"))
    both = _known(frames).join(before, on="number").filter(c("birth_date") != c("before"))
    value = pl.format("{} and was {} in last year's return", "birth_date", "before")
    return both.select(pl.lit("person").alias("table"), "row", value.alias("value"))


def _known(frames: Frames) -> pl.DataFrame:
    """People with a UPN or ULN that is theirs alone, with ``number``: the UPN, else the ULN."""
    numbered = frames["person"].with_columns(pl.coalesce("upn", "uln").alias("number"))
    return numbered.filter(c("number").is_not_null() & ~c("number").is_duplicated())
