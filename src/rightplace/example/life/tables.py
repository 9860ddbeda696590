"""The ledgers of the lives as frames, with codes and dates in place of numbers."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.example import days, shape, words
from rightplace.example.figures import rate
from rightplace.example.kinds import (
    AGES,
    EARLY_YEARS,
    FIRST_AGE,
    HOME,
    KINDS,
    NEEDS,
    NOT_IN_EDUCATION,
    OTHER,
    OTHERWISE,
)
from rightplace.example.life.drawing import between, chosen, which
from rightplace.example.life.ledger import Lives
from rightplace.example.life.living import LAST_DAY
from rightplace.example.world import World
from rightplace.vocabulary import authority
from rightplace.vocabulary.codes import TRANSFER_OUTSIDE_LIST
from rightplace.vocabulary.need import Need

_BOARDS: Final = (None, "A", "B")
_WORKS: Final = (None, "S", "A", "T")
_REVIEWED: Final = ("M", "A", "C")
_OTH: Final = NEEDS.index(Need.OTH)


def plans(lives: Lives, world: World) -> pl.DataFrame:
    """One row a plan."""
    draw = world.draw("plans")
    count = len(lives.plans)
    need = lives.plans["need"]
    row = np.clip(days.age_on_august(lives.people["birth"][lives.plans["person"]], 2024) - FIRST_AGE, 0, len(AGES) - 1)
    mix = shape.in_place().sum(axis=2)
    second = which(draw, mix[row])
    second = np.where(second == need, (need + 5) % len(NEEDS), second)
    later = which(draw, mix[row])
    changes = chosen(draw, 5 * rate("need_changes_a_year"), count) & (later != need) & (later != second)
    changes &= (need != _OTH) & (later != _OTH)
    codes = np.array([str(each) for each in NEEDS])
    others = np.array(authority.current(2025))
    came_from = pl.Series(others[draw.integers(0, len(others), count)])
    reason = lives.plans["reason"]
    return pl.DataFrame(
        {
            "plan": np.arange(count),
            "person": lives.plans["person"],
            "start_date": days.column(lives.plans["start"]),
            "arrived": days.column(lives.plans["arrived"]),
            "arrived_from": came_from.set(pl.Series(lives.plans["arrived"] == days.NEVER), None),
            "cease_date": days.column(lives.plans["cease"]),
            "cease_reason": pl.Series(reason).cast(pl.String).set(pl.Series(reason == 0), None),
            "need": codes[need],
            "second_need": pl.Series(codes[second]).set(pl.Series(~chosen(draw, rate("second_need"), count)), None),
            "later_need": pl.Series(codes[later]).set(pl.Series(~changes), None),
            "need_changed": days.column(
                np.where(changes, between(draw, days.of(2021, 1, 1), LAST_DAY, count), days.NEVER)
            ),
            "down_syndrome": (need == _OTH) & chosen(draw, rate("down_syndrome_share_of_other"), count),
            "budget_luck": draw.random(count),
        }
    )


def placements(lives: Lives, world: World) -> pl.DataFrame:
    """One row a stay at a setting."""
    draw = world.draw("placements")
    data = lives.placements
    count = len(data)
    setting = data["setting"]
    urn = np.array([row.urn for row in world.settings.rows])[setting]
    ukprn = np.array([row.ukprn for row in world.settings.rows])[setting]
    at_setting = setting >= 0
    code, text = _codes(lives, draw)
    return pl.DataFrame(
        {
            "placement": np.arange(count),
            "plan": data["plan"],
            "rank": data["rank"],
            "setting_kind": np.array([str(kind) for kind in KINDS])[data["kind"]],
            "setting": pl.Series(setting).set(pl.Series(~at_setting), None),
            "urn": pl.Series(urn).cast(pl.String).set(pl.Series(~at_setting | (urn == 0)), None),
            "ukprn": pl.Series(ukprn).cast(pl.String).set(pl.Series(~at_setting | (urn > 0)), None),
            "code": code,
            "code_text": text,
            "entry_date": days.column(data["entry"]),
            "leaving_date": days.column(data["leaving"]),
            "residential": pl.Series(_BOARDS).gather(data["residential"]),
            "work_based": pl.Series(_WORKS).gather(data["work_based"]),
        }
    )


def _codes(lives: Lives, draw: np.random.Generator) -> tuple[pl.Series, pl.Series]:
    """SENSetting of each stay that has no number, and the words that go with OTH and NIEO."""
    data = lives.placements
    count = len(data)
    kind = data["kind"]
    birth = lives.people["birth"][lives.plans["person"][data["plan"]]]
    young = days.birthday(birth, 16) > data["entry"]
    family = chosen(draw, rate("arranged_by_family"), count) & (data["rank"] == 1)
    apart = young | chosen(draw, rate("not_in_education_for_another_reason"), count)
    idle = np.where(data["notice"] == 1, "NIEC", np.where(apart, "NIEO", "NEET"))
    out = np.select(
        [kind == EARLY_YEARS, kind == HOME, kind == OTHER, kind == OTHERWISE, kind == NOT_IN_EDUCATION],
        ["EYP", "EHE", "OTH", np.where(family, "OPA", "OLA"), idle],
        "",
    )
    other = np.array(words.OTHER_SETTINGS)[draw.integers(0, len(words.OTHER_SETTINGS), count)]
    waiting = np.array(words.NOT_PLACED)[draw.integers(0, len(words.NOT_PLACED), count)]
    text = np.where(out == "OTH", other, np.where(out == "NIEO", waiting, ""))
    return pl.Series(out).set(pl.Series(out == ""), None), pl.Series(text).set(pl.Series(text == ""), None)


def requests(lives: Lives, world: World) -> pl.DataFrame:
    """One row a request."""
    draw = world.draw("requests")
    data = lives.requests
    dates = (
        "received", "decided", "mediated", "appealed", "reversed", "ended", "result_mediated", "result_appealed",
        "other_mediated", "other_appealed",
    )  # fmt: skip
    others = np.array([*authority.current(2025), TRANSFER_OUTSIDE_LIST])
    return pl.DataFrame(
        {
            "request": np.arange(len(data)),
            "person": data["person"],
            "plan": pl.Series(data["plan"]).set(pl.Series(data["plan"] < 0), None),
            "source": pl.Series(data["source"]).cast(pl.String),
            "custody": data["custody"] == 1,
            "outcome": data["outcome"],
            "result": data["result"],
            "exception": data["exception"] == 1,
            "moved_to": others[draw.integers(0, len(others), len(data))],
            **{name: days.column(data[name]) for name in dates},
        }
    )


def reviews(lives: Lives) -> pl.DataFrame:
    """One row a review meeting."""
    data = lives.reviews
    return pl.DataFrame(
        {
            "plan": data["plan"],
            "meeting": days.column(data["meeting"]),
            "decision": days.column(data["decision"]),
            "outcome": pl.Series(_REVIEWED).gather(data["outcome"]),
        }
    )


def transfers(lives: Lives) -> pl.DataFrame:
    """One row a change of phase that was due."""
    data = lives.transfers
    return pl.DataFrame({"plan": data["plan"], "due": days.column(data["due"]), "final": days.column(data["final"])})
