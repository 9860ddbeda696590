"""From census rows and published counts to evidence: transitions, residents, levels, fitted tables, credible returns."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from rightplace.area.tables import BY_NAME
from rightplace.errors import UserError
from rightplace.forecast import residents
from rightplace.forecast.cohort import space
from rightplace.forecast.local_level import Drift, at_last_year
from rightplace.forecast.people import estimate, tally, transitions
from rightplace.forecast.published import fitting, net_change, panel, regression
from rightplace.streams import generator

ROWS = [
    (2024, "stays", "ASD", "mainstream", 6),
    (2025, "stays", "ASD", "mainstream", 7),
    (2024, "moves", "SEMH", "mainstream", 6),
    (2025, "moves", "SEMH", "special_state", 7),
    (2024, "changes", "SLCN", "mainstream", 2),
    (2025, "changes", "ASD", "mainstream", 3),
    (2024, "leaves", "MLD", "further_education", 13),
    (2024, "ages out", "MLD", "further_education", 20),
    (2025, "joins", "SLCN", "mainstream", 0),
    (2025, "no year group", "SLCN", "mainstream", None),
    (2024, "once known", None, None, 8),
    (2025, "once known", "HI", "mainstream", None),
]


def made_census(rows: list[tuple[int, str, str | None, str | None, int | None]]) -> pl.DataFrame:
    """Census rows of year, person, need, kind and year group."""
    table = BY_NAME["census"]
    columns = ["census_year", "person_id", "need", "setting_kind", "year_group"]
    known = pl.DataFrame(rows, schema={name: table.schema[name] for name in columns}, orient="row")
    return known.select(
        known[name] if name in columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in table.schema.items()
    )


def test_every_person_is_a_joiner_leaver_mover_or_stayer() -> None:
    """Twelve rows worked by hand: one of each kind of change, a row with no year group, one mended from another year."""
    found = transitions.from_census(made_census(ROWS))
    changes = found.changes
    assert found.seed_year == 2025
    assert found.years == [2024]
    assert found.left_out == {2025: 1}
    gone = changes.filter(pl.col("to_kind").is_null())
    joined = changes.filter(pl.col("kind").is_null())
    both = changes.drop_nulls()
    assert sorted(gone["year_group"]) == [13, 20]
    assert joined.select("to_need", "to_year_group").rows() == [("SLCN", 0)]
    assert both.filter(pl.col("kind") != pl.col("to_kind"))["to_kind"].sort().to_list() == [
        "mainstream",
        "special_state",
    ]
    mended = both.filter(pl.col("year_group") == 8)
    assert mended.select("need", "kind", "to_year_group").rows() == [("not_recorded", "not_recorded", 9)]


def test_counts_put_each_change_in_its_cell() -> None:
    """The same rows as arrays; those who age out are in no count of leaving."""
    found = transitions.from_census(made_census(ROWS))
    states = space.of(
        ["ASD", "SEMH", "SLCN", "MLD", "HI", "not_recorded"],
        ["mainstream", "special_state", "further_education", "not_recorded"],
    )
    counted = tally.of(found, states)
    assert counted.people.sum() == 5
    assert counted.left.sum() == 1
    assert counted.joined.sum() == 1
    semh, mainstream, special = (
        states.needs.index("SEMH"),
        states.kinds.index("mainstream"),
        states.kinds.index("special_state"),
    )
    assert counted.moved[10, semh, mainstream, special] == 1
    assert counted.needs[states.needs.index("SLCN"), states.needs.index("ASD")] == 1
    assert tally.stock(found, states).sum() == 5


def test_later_years_count_for_more() -> None:
    """Two pairs of Januaries: the earlier has the stated weight, and each year's own counts are kept whole."""
    rows = [(year, person, "ASD", "mainstream", 5 + year - 2023) for person in "abc" for year in (2023, 2024, 2025)]
    counted = tally.of(transitions.from_census(made_census(rows)), space.of(["ASD"], ["mainstream"]))
    assert counted.people.sum() == pytest.approx(3 + 3 * tally.RECENCY)
    assert counted.at_risk.sum() == 6


@pytest.mark.parametrize("years", [[], [2026], [2023, 2025]])
def test_no_two_januaries_running_is_said_plainly(years: list[int]) -> None:
    """The sentence says what is needed and what there is."""
    rows = [(year, "a", "ASD", "mainstream", 3) for year in years]
    with pytest.raises(UserError, match="two consecutive January returns, or a history"):
        transitions.from_census(made_census(rows))


def _population(rows: list[tuple[int, int, float, bool]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=BY_NAME["population"].schema, orient="row")


def test_residents_follow_their_cohort() -> None:
    """Year group 0 in January 2026 is age 4 at mid-2025; where only mid-2024 is known it is those then aged 3."""
    known = _population([(2024, age, 1000.0 + age, False) for age in range(26)])
    found = residents.each_january(known, [2025, 2026, 2030])
    assert found.known
    assert found.people[0, 4] == 1004
    assert found.people[1, 4] == 1003
    assert found.people[2, 4] == 1000
    assert found.people[2, 24] == 1019


def test_no_population_is_stated() -> None:
    """Every year group then counts alike, and the basis says so."""
    found = residents.each_january(_population([]), [2026])
    assert not found.known
    assert "no population" in found.basis
    assert len(set(found.people.ravel())) == 1


def test_a_level_that_does_not_drift_is_the_least_squares_line() -> None:
    """With no yearly steps and a vague prior, Kalman's filter gives the straight line fitted by least squares (numpy)."""
    draws = generator(1, "test.level")
    seen = 0.3 + 0.07 * np.arange(12) + draws.normal(0, 0.05, 12)
    vague = Drift(slope=0.0, slope_sd=1e4, step_sd=0.0, noise_sd=0.05)
    found = at_last_year(seen, np.full(12, 1e-12), np.ones(12, dtype=np.int64), vague)
    slope, intercept = np.polyfit(np.arange(12), seen, 1)
    assert found.mean == pytest.approx([intercept + 11 * slope, slope], abs=1e-6)


def test_a_level_with_no_slope_is_the_mean() -> None:
    """With neither steps nor slope the level is the mean of the years, and its variance theirs over their number."""
    seen = np.array([0.1, 0.4, -0.2, 0.3])
    found = at_last_year(
        seen, np.zeros(4), np.ones(4, dtype=np.int64), Drift(slope=0, slope_sd=0, step_sd=0, noise_sd=0.2)
    )
    assert found.mean[0] == pytest.approx(seen.mean())
    assert found.covariance[0, 0] == pytest.approx(0.2**2 / 4)


def test_fitting_meets_the_margins_and_keeps_the_odds_ratios() -> None:
    """The two properties that define iterative proportional fitting (Deming and Stephan 1940)."""
    draws = generator(2, "test.fit")
    table = draws.gamma(2.0, 1.0, (4, 3, 5))
    target = draws.gamma(2.0, 1.0, (4, 3, 5)) * 10
    total = target.sum()
    fitted = fitting.fit(table, [((0, 2), target.sum(axis=1)), ((1,), target.sum(axis=(0, 2)))], total)
    assert fitted.sum(axis=1) == pytest.approx(target.sum(axis=1), rel=1e-4)
    assert fitted.sum(axis=(0, 2)) == pytest.approx(target.sum(axis=(0, 2)), rel=1e-4)
    odds = [t[0, 0, 0] * t[0, 1, 1] / (t[0, 0, 1] * t[0, 1, 0]) for t in (table, fitted)]
    assert odds[0] == pytest.approx(odds[1])


@pytest.mark.parametrize("total", [0, 1, 37, 900])
def test_whole_numbers_keep_the_total_and_nearly_the_margins(total: int) -> None:
    """Rounded tables add up exactly, no margin moves by more than two, that of year groups by less than one."""
    table = generator(3, "test.whole").gamma(0.4, 1.0, (8, 4, 5))
    whole = fitting.whole(table, total)
    exact = table * total / table.sum()
    assert whole.sum() == total
    assert np.abs(whole.sum(axis=(1, 2)) - exact.sum(axis=(1, 2))).max() < 1.0
    for axes in ((1, 2), (0, 2), (0, 1)):
        assert np.abs(whole.sum(axis=axes) - exact.sum(axis=axes)).max() <= 2.0


def test_net_moves_carry_one_age_to_the_next() -> None:
    """Applied to the ages they came from, the moves reproduce the mix of settings of the age above, and nobody stays behind."""
    draws = generator(4, "test.moves")
    stock, joined = draws.gamma(3.0, 50.0, (25, 4)), draws.gamma(2.0, 5.0, (25, 4))
    leave = np.append(np.full(24, 0.05), 1.0)
    move, to = net_change.moves(stock, leave, joined)
    for y in range(24):
        staying = stock[y] * (1 - leave[y])
        scale = stock[y + 1].sum() / (staying.sum() + joined[y + 1].sum())
        after = staying * scale * (1 - move[y]) + (staying * scale * move[y]).sum() * to[y]
        if move[y].max() < net_change.LARGEST:
            assert after + joined[y + 1] * scale == pytest.approx(stock[y + 1])


def _totals(counts: dict[str, list[float | None]], first: int = 2019) -> panel.Panel:
    rows = [(code, first + i, people) for code, series in counts.items() for i, people in enumerate(series)]
    return panel.of(
        pl.DataFrame(rows, schema={"la_code": pl.String, "year": pl.Int16, "people": pl.Float64}, orient="row")
    )


def test_returns_that_cannot_be_right_are_taken_as_missing() -> None:
    """Newham's published counts (2,705 in January 2024, 1,199 in January 2025); a dip that recovers; a fall that stays; a few plans."""
    found = _totals(
        {
            "316": [906.0, 1300.0, 2705.0, 1199.0],
            "001": [1000.0, 300.0, 1100.0, 1200.0],
            "002": [1000.0, 500.0, 510.0, 520.0],
            "420": [20.0, 9.0, 10.0, None],
        }
    )
    assert found.doubted == (("001", 2020, 300.0), ("316", 2022, 1199.0))
    assert np.isnan(found.counts[found.codes.index("316"), 3])


def test_a_panel_cut_short_doubts_only_what_was_doubtful_then() -> None:
    """A fall that later years bear out was still doubted in its own year; one that recovers is doubted in both."""
    found = _totals({"002": [1000.0, 500.0, 510.0, 520.0], "003": [1000.0, 1100.0, 1200.0, 1300.0]})
    assert found.doubted == ()
    assert found.until(2020).doubted == (("002", 2020, 500.0),)
    assert found.until(2020).years == (2019, 2020)


def test_growth_of_england_is_over_authorities_counted_in_both_januaries() -> None:
    """A missing return does not look like a fall."""
    found = _totals({"001": [100.0, 110.0, 121.0], "002": [300.0, None, 363.0], "003": [200.0, 220.0, 242.0]})
    assert found.england_growth() == pytest.approx([np.log(1.1), np.log(1.1)])


def test_a_kind_of_setting_that_ends_at_an_age_is_not_for_later_ages() -> None:
    """Nursery to year group -1 and college from 12 are unfit elsewhere; a rare kind found at any age is unfit at none."""
    stock = np.zeros((25, 1, 4))
    stock[2:4, 0, 0] = 60.0
    stock[3:16, 0, 1] = 200.0
    stock[16:, 0, 2] = 90.0
    stock[[5, 11, 19], 0, 3] = 2.0
    unfit = estimate.unfit(stock)
    assert unfit[5, 0] > 0.5
    assert unfit[8, 2] > 0.5
    assert unfit[2:4, 0].max() == unfit[3:16, 1].max() == unfit[16:, 2].max() == 0.0
    assert unfit[:, 3].max() == 0.0
    pressed = np.concatenate([unfit[1:], np.zeros((1, 4))])
    moving = estimate.mean_share(estimate.ladder(np.zeros((25, 1, 4)), stock, pressed))[1]
    assert moving[3, 0] > 0.5 > moving[2, 0]


def test_the_level_of_errors_is_found_and_recent_ones_count_for_more() -> None:
    """Made-up errors of two sizes: those that count for nearly nothing have no part in it. A weighted median counts by weight."""
    chance = generator(3, "test.level")
    people = chance.uniform(300.0, 9000.0, 4000)
    scale = np.sqrt(np.where(np.arange(4000) < 2000, 0.03, 0.09) ** 2 + 0.5**2 / people)
    errors = scale * chance.standard_t(6.0, 4000)
    first = np.where(np.arange(4000) < 2000, 1.0, 1e-9)
    for weight, planted in ((first, 0.03), (first[::-1], 0.09)):
        a, freedom = regression.error_level(errors, people, weight, chance=0.5)
        assert a == pytest.approx(planted, rel=0.06)
        assert 4.0 < freedom < 9.0
    assert regression.weighted_median(np.array([3.0, 1.0, 2.0]), np.array([5.0, 1.0, 1.0])) == 3.0


def test_movers_go_anywhere_but_where_they_are() -> None:
    """Each kind's movers are shared out among the other kinds by their weights."""
    to = np.array([[0.5, 0.3, 0.2]])
    assert net_change.onward(to)[0] == pytest.approx(np.array([[0, 0.6, 0.4], [5 / 7, 0, 2 / 7], [0.625, 0.375, 0]]))
