"""Plans, the settings named in them, the settings attended, needs and reviews, as one January's return shows them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from rightplace.example import figures, shape, words
from rightplace.example.census.asked import Window, c, flag
from rightplace.example.figures import rate
from rightplace.example.kinds import KINDS
from rightplace.example.life.record import Life
from rightplace.vocabulary.need import FIRST_EDITION, Need
from rightplace.vocabulary.setting import SettingKind

_IDLE: Final = ("NEET", "NIEC", "NIEO")
_PAYMENTS: Final = ("E", "S", "H", "I")
_SETTING: Final = ("urn", "ukprn", "sen_setting", "sen_setting_other")


def stays(life: Life, window: Window, plans: pl.DataFrame) -> pl.DataFrame:
    """Placements of the return's plans, in order of plan, rank and day: those of the period, and each plan's last.

    ``plans`` has the plans of the return. ``current`` marks where each is on census day, or was when its plan ceased.
    """
    rows = plans.select("plan").join(life.placements, on="plan", how="left", maintain_order="left")
    rows = rows.filter(c("entry_date") <= window.census).sort("plan", "rank", "entry_date")
    last = c("entry_date").rank("ordinal", descending=True).over("plan", "rank") == 1
    rows = rows.with_columns(current=last)
    rows = rows.filter(
        c("leaving_date").is_null() | (c("leaving_date") >= window.first) | (c("current") & (c("rank") == 1))
    )
    other = (c("code") == "OTH") & (window.year == 2023)
    return rows.with_columns(
        sen_setting=pl.when(other).then(pl.lit("OLA")).otherwise("code"),
        sen_setting_other=pl.when(~other).then("code_text"),
        leaving_date=window.shown("leaving_date"),
        **_flags(),
    )


def _flags() -> dict[str, pl.Expr]:
    numbered = c("urn").is_not_null() | c("ukprn").is_not_null()
    return {
        "sen_unit_indicator": pl.when(numbered).then(flag(c("setting_kind") == SettingKind.SEN_UNIT)),
        "resourced_provision_indicator": pl.when(numbered).then(
            flag(c("setting_kind") == SettingKind.RESOURCED_PROVISION)
        ),
    }


def attendance(rows: pl.DataFrame, born: pl.DataFrame, window: Window) -> pl.DataFrame:
    """Stays with ``attendance_pattern``, which the return of 2023 wants of those of compulsory school age."""
    until = pl.min_horizontal(c("leaving_date").fill_null(window.census), pl.lit(window.census))
    dated = rows.join(born, on="plan", how="left", maintain_order="left")
    years = (until - c("birth_date")).dt.total_days() / 365.25
    part = (c("placement") * 2_654_435_761 % 1000) < 1000 * rate("part_time")
    pattern = pl.when(part).then(pl.lit("PT")).otherwise(pl.lit("FT"))
    return dated.with_columns(attendance_pattern=pl.when(years.is_between(4.9, 16.95)).then(pattern)).drop("birth_date")


def named(rows: pl.DataFrame, life: Life, window: Window) -> pl.DataFrame:
    """Section I of each plan: where the plan-holder is, or for one not in education where they last were."""
    there = rows.filter(c("current"), (c("rank") == 1) | c("leaving_date").is_null())
    idle = there.filter(c("code").is_in(_IDLE)).select("plan", "rank")
    before = (
        idle.join(life.placements, on=["plan", "rank"], how="left", maintain_order="left")
        .filter(c("setting").is_not_null(), c("entry_date") <= window.census)
        .sort("plan", "entry_date")
        .unique("plan", keep="last", maintain_order=True)
        .select("plan", past_urn="urn", past_ukprn="ukprn", past_kind="setting_kind")
    )
    joined = there.join(before, on="plan", how="left", maintain_order="left")
    at_all = ~c("code").is_in(_IDLE) | c("code").is_null()
    nowhere = ~at_all & c("past_urn").is_null() & c("past_ukprn").is_null()
    back = joined.with_columns(
        urn=pl.when(at_all).then("urn").otherwise("past_urn"),
        ukprn=pl.when(at_all).then("ukprn").otherwise("past_ukprn"),
        setting_kind=pl.when(at_all).then("setting_kind").otherwise("past_kind"),
        sen_setting=pl.when(nowhere).then(pl.lit("OTH")).when(at_all).then("code"),
        sen_setting_other=pl.when(nowhere).then(pl.lit(words.TYPE_ONLY)).when(at_all).then("code_text"),
    )
    return back.with_columns(**_flags()).select("plan", *_SETTING, "rank", *_flags())


def budgets(kind: pl.Expr, luck: pl.Expr) -> dict[str, pl.Expr]:
    """Personal budget items, from the kind of setting and the plan's own chance of having one."""
    share, organised, payments = _budget_rates()
    has = luck < kind.replace_strict(share, default=0.0)
    part = luck / kind.replace_strict(share, default=1.0)
    steps = np.cumsum(payments)
    payment = pl.lit(_PAYMENTS[-1])
    for place in reversed(range(len(_PAYMENTS) - 1)):
        payment = (
            pl.when(part < organised + (1 - organised) * steps[place]).then(pl.lit(_PAYMENTS[place])).otherwise(payment)
        )
    return {
        "pb": flag(has),
        "oa": flag(has & (part < organised)),
        "dp": pl.when(has & (part >= organised)).then(payment),
    }


@lru_cache(maxsize=1)
def _budget_rates() -> tuple[dict[str, float], float, list[float]]:
    columns = ["personal_budgets", "organised_arrangements", *_PAYMENTS]
    counts = figures.by_kind("personal_budgets_by_setting", columns)
    stock = shape.in_place().sum(axis=(0, 1))
    total = counts.sum(axis=0)
    share = {str(kind): float(held / people) for kind, held, people in zip(KINDS, counts[:, 0], stock, strict=True)}
    return share, float(total[1] / total[1:].sum()), (total[2:] / total[2:].sum()).tolist()


def needs(plans: pl.DataFrame, window: Window) -> pl.DataFrame:
    """``plan``, ``sen_type`` and ``sen_type_rank``: one or two needs a plan."""
    changed = window.seen(c("need_changed"))
    known = window.year >= FIRST_EDITION[Need.DS]
    first = (
        pl.when(c("down_syndrome") & known)
        .then(pl.lit(Need.DS.value))
        .when(changed & c("later_need").is_not_null())
        .then("later_need")
        .otherwise("need")
    )
    both = [
        plans.select("plan", sen_type=first, sen_type_rank=pl.lit("1")),
        plans.filter(c("second_need").is_not_null()).select("plan", sen_type="second_need", sen_type_rank=pl.lit("2")),
    ]
    return pl.concat(both).sort("plan", "sen_type_rank")


def reviewed(life: Life, window: Window, plans: pl.DataFrame) -> pl.DataFrame:
    """The return's plans with their latest review and their change of phase, in the order given."""
    latest = (
        life.reviews.filter(c("meeting") <= window.census)
        .sort("plan", "meeting")
        .unique("plan", keep="last", maintain_order=True)
    )
    told = (
        life.reviews.filter(window.seen(c("decision")))
        .sort("plan", "decision")
        .unique("plan", keep="last", maintain_order=True)
        .select("plan", last_decision="decision")
    )
    moved = life.transfers.filter(c("due").dt.year() == window.year - 1)
    rows = plans.select("plan")
    for table in (latest, told, moved):
        rows = rows.join(table, on="plan", how="left", maintain_order="left")
    decided = window.seen(c("decision"))
    outcome = pl.when(decided).then("outcome")
    if window.year == 2023:
        return rows.select("plan", last_review="last_decision")
    out = rows.select(
        "plan",
        review_meeting="meeting",
        review_outcome=outcome,
        last_review=pl.when(decided).then("decision"),
        review_draft=pl.when(decided & (c("outcome") == "A")).then("decision"),
        phase_transfer_due_date="due",
        phase_transfer_final_date="final",
    )
    new = ["review_draft", "phase_transfer_due_date", "phase_transfer_final_date"]
    return out.drop(new) if window.year == 2024 else out
