"""Numbers in kinds of setting turn as they are said to, and keep their means: by the futures themselves, beside sums made otherwise."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import t as student

from rightplace.area.tables import BY_NAME
from rightplace.forecast.cohort.engine import simulate
from rightplace.forecast.people import courses, estimate, fitted, kind_pulls, response, tally
from rightplace.forecast.people.beside import Beside
from rightplace.forecast.people.fitted import Fitted
from rightplace.forecast.people.priors import Turning
from rightplace.forecast.people.transitions import Transitions

KINDS = ("large", "middling", "rarely joined", "small")
STOCK = {"large": 120.0, "middling": 20.0, "rarely joined": 10.0, "small": 4.0}
"""Plans of each year group from Year 1 to Year 9, and a sixth of each who join, fewer in one."""
JOIN = {"large": 20.0, "middling": 4.0, "rarely joined": 0.05, "small": 1.0}


def _transitions(told_otherwise: float = 0.0) -> Transitions:
    """Two pairs of Januaries alike: a tenth leave, a twentieth of the middling and small move to the large, joiners by JOIN.

    The second pair tells its first January with ``told_otherwise`` more plans in the middling of every year group.
    """
    changes, stock = [], []
    for year in (2013, 2014):
        for group in range(1, 10):
            for kind in KINDS:
                people = STOCK[kind] + (told_otherwise if (kind, year) == ("middling", 2014) else 0.0)
                state, after = ("ASD", kind, group), group + 1
                moved = 0.0 if kind in ("large", "rarely joined") else 0.05 * people
                changes += [
                    (year, *state, None, None, None, 0.1 * people),
                    (year, *state, "ASD", "large", after, moved),
                    (year, *state, "ASD", kind, after, 0.9 * people - moved),
                    (year, None, None, None, "ASD", kind, after, JOIN[kind]),
                ]
                stock.append((year, *state, people))
        stock += (
            [(2015, "ASD", kind, group, STOCK[kind]) for group in range(1, 10) for kind in KINDS]
            if year == 2014
            else []
        )
    names = ["year", "need", "kind", "year_group", "to_need", "to_kind", "to_year_group", "people"]
    schema = {name: pl.Int32 if "year" in name else pl.Float64 if name == "people" else pl.String for name in names}
    frame = pl.DataFrame(changes, schema=schema, orient="row").filter(pl.col("people") > 0)
    held = pl.DataFrame(
        stock, schema={name: schema[name] for name in ("year", "need", "kind", "year_group", "people")}, orient="row"
    )
    return Transitions(stock=held, changes=frame, left_out={})


def _population() -> pl.DataFrame:
    rows = [(2012, age, 4000.0, False) for age in range(26)]
    return pl.DataFrame(rows, schema=BY_NAME["population"].schema, orient="row")


@pytest.fixture(scope="module")
def seen() -> Transitions:
    return _transitions()


@pytest.fixture(scope="module")
def found(seen: Transitions) -> Fitted:
    return fitted.fit(seen, _population(), Beside(), 2)


def _kinds(seen: Transitions, found: Fitted, kinds: np.ndarray | None, futures: int) -> np.ndarray:
    """Plans by kind (futures, years, K) with joining and leaving as they are, under the given pulls or the area's own."""
    made = courses.of(found, futures=futures, years=2, seed=3).draw(0, futures)
    paths = made._replace(
        joining=np.ones_like(made.joining), leaving=np.ones_like(made.leaving), needs=np.ones_like(made.needs)
    )
    paths = paths if kinds is None else paths._replace(kinds=np.broadcast_to(np.exp(kinds), made.kinds.shape).copy())
    run = simulate(found.space, found.model, paths, tally.stock(seen, found.space), seed=3)
    first, names = found.space.margins()["setting"]
    return run.stock[:, 1:, first : first + len(names)].astype(float)


@pytest.mark.parametrize("pull", [-2.0, 0.0, 1.5])
def test_the_response_is_what_the_futures_do(seen: Transitions, found: Fitted, pull: float) -> None:
    """One kind pulled and nothing else: its plans after a year, against the mean of 3,000 futures of whole people."""
    for k in (1, 2, 3):
        kinds = np.zeros(4)
        kinds[k] = pull
        mean = _kinds(seen, found, kinds, 3000)[:, 0, k].mean()
        answer = found.kinds.response
        stays = np.interp(pull, response._GRID, answer.stays[k])
        comes = np.interp(pull, response._GRID, answer.comes[k])
        assert answer.start[k] * stays + comes == pytest.approx(mean, rel=0.03)


def test_pulls_bring_the_numbers_wanted_or_as_near_as_may_be(found: Fitted) -> None:
    """Numbers under a pull are put back in as wanted; ten times everyone cannot be had."""
    answer = found.kinds.response
    middle = np.array([[[-1.0, 0.7, -2.5, 2.0], [0.3, -0.4, 1.0, -1.0]]])
    held, wanted = answer.start, np.empty_like(middle)
    for year in range(2):
        stays, comes = (
            np.array([np.interp(x, response._GRID, row) for x, row in zip(middle[0, year], table, strict=True)])
            for table in (answer.stays, answer.comes)
        )
        held = held * stays + comes
        wanted[0, year] = held
    pulls, reached = response.pulls(answer, wanted)
    assert pulls == pytest.approx(middle, abs=1e-6)
    assert reached == pytest.approx(wanted)
    beyond, most = response.pulls(answer, wanted * 1000.0)
    assert beyond == pytest.approx(np.full_like(beyond, response.STRONGEST))
    assert (most < wanted * 1000.0).all()


def test_numbers_turn_as_far_as_authorities_have_and_keep_their_means(seen: Transitions, found: Fitted) -> None:
    """The middle 95% of futures, against Student's t of the scale and the chance of binomial and Poisson numbers; and means within 4%."""
    pulled, still = _kinds(seen, found, None, 4000), _kinds(seen, found, np.zeros(4), 4000)
    assert pulled.mean(axis=0) == pytest.approx(still.mean(axis=0), rel=0.04)
    for k in (KINDS.index("middling"), KINDS.index("small")):
        size = still[:, 0, k].mean()
        chance = still[:, 0, k].var() / size**2
        scale = found.prior.turning.yearly * found.kinds.own / size**0.5
        low, high = np.quantile(pulled[:, 0, k], [0.025, 0.975])
        wide = 2.0 * np.hypot(student(3).ppf(0.975) * scale, 1.96 * chance**0.5)
        assert np.log(high / low) == pytest.approx(wide, rel=0.15)


def test_a_kind_few_join_turns_as_far_as_another_of_its_size(seen: Transitions, found: Fitted) -> None:
    """Nobody moves out of it and one in two years joins: its plans still turn, by larger pulls."""
    pulled = _kinds(seen, found, None, 2000)[:, 0]
    low, high = np.quantile(pulled, [0.025, 0.975], axis=0)
    rare, middling = KINDS.index("rarely joined"), KINDS.index("middling")
    assert np.log(high / low)[rare] > np.log(high / low)[middling]
    pulls = np.log(found.kinds.law(years=1, seed=1).draw(0, 2000))[:, 0]
    assert pulls[:, rare].std() > 1.5 * pulls[:, middling].std()


def test_a_january_told_otherwise_by_the_next_return_is_a_turn() -> None:
    """The middling kind is told with more plans at the start of the second year: they are expected at its end only so far as the year before had
    them, and the area turns more than one whose returns agree."""
    same, other = _transitions(), _transitions(12.0)
    states = fitted._space(same)
    parts = [
        kind_pulls.seen_turns(tally.of(rows, states), fitted.fit(rows, _population(), Beside(), 1).model)
        for rows in (same, other)
    ]
    kind = states.kinds.index("middling")
    (agreed, expected, _), (told, foreseen, chance) = parts
    assert told[1, kind] - agreed[1, kind] == pytest.approx(9 * 12.0 * 0.85)
    assert foreseen[1, kind] - expected[1, kind] < 0.3 * 9 * 12.0
    assert (chance > 0).all()
    factors = [fitted.fit(rows, _population(), Beside(), 1).kinds.own for rows in (same, other)]
    assert factors[0] < 1.0 < factors[1]


def test_a_kind_nobody_is_in_yet_answers_as_plans_usually_do(found: Fitted) -> None:
    """Its plans stay as all plans do, and come by the rates."""
    start = np.zeros(found.space.shape)
    start[4:14, 0, :2] = 5.0
    answer = response.of(start, found.model, np.zeros(found.space.shape[0]))
    assert answer.start[3] == 0.0
    leaving, moving = (estimate.mean_share(part)[2] for part in (found.model.leaving, found.model.moving))
    usual = (start * (1.0 - leaving) * (1.0 - moving)).sum() / start.sum()
    assert answer.stays[3] == pytest.approx(np.full(len(answer.stays[3]), usual))
    assert np.isfinite(response.unpulled(answer, 3)).all()


def test_without_turns_there_are_no_pulls(seen: Transitions, found: Fitted) -> None:
    """A prior of nought: every pull is 1."""
    states = fitted._space(seen)
    still = kind_pulls.of(tally.of(seen, states), KINDS, found.model, found.kinds.response, Turning(0.0, 0.0), 2)
    assert still.law(years=2, seed=1).draw(0, 5) == pytest.approx(np.ones((5, 2, 4)), abs=1e-6)
