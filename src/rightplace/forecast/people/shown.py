"""The rates and the words of a person-level forecast."""

from __future__ import annotations

import numpy as np
import polars as pl

from rightplace.forecast import rates as table
from rightplace.forecast.people.fitted import Fitted
from rightplace.forecast.people.funnel import Funnel
from rightplace.forecast.people.held import BANDS, STAGES, Held
from rightplace.forecast.people.moved_area import MovedArea
from rightplace.forecast.residents import Residents
from rightplace.forecast.result import RATES
from rightplace.vocabulary.year_group import FIRST, of_age


def rates(fitted: Fitted) -> pl.DataFrame:
    """The pooled rates, and where they are known those of requests, transfers and time held."""
    main = table.table(fitted.model, fitted.space, fitted.counted.joined.sum(axis=(1, 2)), fitted.exposure)
    more = [_funnel(fitted.funnel, fitted.ahead)] if fitted.funnel else []
    more += [_transfers(fitted.moved_area)] if fitted.moved_area else []
    more += [_held(fitted.held)] if fitted.held else []
    return pl.concat([main, *more])


def method(fitted: Fitted, words: str) -> str:
    """The method with a sentence for each kind of evidence that was used."""
    said = {
        "Requests open now, and how many of past ones became plans, tell how many join in the first year.": fitted.funnel,
        "Plans that move in from another authority, or away to one, are told apart from new plans and from plans that end.": fitted.moved_area,
        "Leaving also depends on how long plans have been held.": fitted.held,
        "Both the returns and published new plans of earlier years tell where joining stands and how it rises.": fitted.longer,
    }  # fmt: skip
    sentences = [sentence for sentence, used in said.items() if used is not None]
    if fitted.england:
        sentences.append("Rates are drawn to England's pattern by age as far as the area's own counts are few.")
    return " ".join([words, *sentences])


def _frame(columns: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame({name: columns.get(name) for name in RATES}, schema=RATES)


def _shares(
    names: list[str], pairs: list[tuple[float, float]], settings: list[str | None] | None = None
) -> pl.DataFrame:
    """Shares with the range of Beta(1/2 + events, 1/2 + the rest)."""
    from scipy.stats import beta

    events, people = np.array(pairs, dtype=np.float64).T
    yes, no = 0.5 + events, 0.5 + np.maximum(people - events, 0.0)
    return _frame(
        {
            "rate": names, "setting": settings or [None] * len(names), "mean": yes / (yes + no),
            "p2_5": beta.ppf(0.025, yes, no), "p97_5": beta.ppf(0.975, yes, no), "events": events, "people": people,
        }
    )  # fmt: skip


def _funnel(funnel: Funnel, residents: Residents) -> pl.DataFrame:
    shares = _shares(
        ["assessed", "issued", "plan_of_open_request", "plan_of_new_request"],
        [funnel.assessed, funnel.issued, funnel.of_open, funnel.of_new],
    )
    groups = [of_age(age) for age in funnel.by_age]
    people = np.array([residents.people[0, group - FIRST] for group in groups])
    requests = np.array(list(funnel.by_age.values()))
    by_age = _frame(
        {
            "rate": ["requests"] * len(groups), "year_group": groups, "mean": 1000.0 * requests / np.maximum(people, 1.0),
            "events": requests, "people": people,
        }
    )  # fmt: skip
    return pl.concat([by_age, shares])


def _transfers(moved: MovedArea) -> pl.DataFrame:
    pairs = [(moved.came.sum(), moved.joined.sum()), (moved.went.sum(), moved.left.sum())]
    return _shares(["joined_from_elsewhere", "left_for_elsewhere"], [(float(x), float(n)) for x, n in pairs])


def _held(held: Held) -> pl.DataFrame:
    """Factors on leaving: the setting column says the stage, the to column the time held; people are those expected to leave."""
    count = held.factor.size
    return _frame(
        {
            "rate": ["leaving_by_time_held"] * count, "setting": list(np.repeat(STAGES, len(BANDS))), "to": list(BANDS) * len(STAGES),
            "mean": held.factor.ravel(), "events": held.left.ravel(), "people": held.expected.ravel(),
        }
    )  # fmt: skip
