"""Returns that cannot be right are found by rule, and steer no one else's forecast."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from rightplace.forecast.published import composition, credible, funnel, growth, panel
from rightplace.forecast.published.panel import Panel
from rightplace.streams import generator
from rightplace.vocabulary.authority import AUTHORITIES

NAN = float("nan")
CODES = tuple(sorted(AUTHORITIES))[:120]
YEARS = tuple(range(2014, 2025))


@pytest.mark.parametrize(
    ("series", "places"),
    [
        ([1867.0, 2618.0, 2705.0, 1199.0], [3]),
        ([1311.0, 1371.0, 2115.0, 1909.0], [2]),
        ([1132.0, 1001.0, 1456.0, 1580.0], [1]),
        ([1000.0, 1700.0, 1100.0, 1200.0], [1]),
        ([1000.0, 1700.0, 1900.0, 2000.0], []),
        ([1000.0, 1100.0, 1700.0], []),
        ([1000.0, 600.0, 640.0, 690.0], []),
        ([1000.0, NAN, 500.0, 1150.0], [2]),
        ([40.0, 12.0, 44.0], []),
        ([1000.0, 1080.0, 1170.0, 1260.0], []),
    ],
    ids=["Newham 2025", "Nottingham 2024", "East Riding 2015", "jump taken back", "jump that stays", "jump just now",
         "fall borne out", "after a gap", "a handful", "steady"],
)  # fmt: skip
def test_falls_and_jumps_that_are_taken_back_are_found(series: list[float], places: list[int]) -> None:
    """Newham, Nottingham and the East Riding as DfE published them; the rest by hand from the rule's words."""
    assert credible.doubts(np.array(series)) == places


def made_panel() -> Panel:
    """120 authorities whose growth next year is England's 8% and 0.4 of what their requests are above the usual."""
    chance = generator(3, "test.funnel")
    requests = np.empty((len(CODES), len(YEARS)))
    counts = np.empty_like(requests)
    counts[:, 0] = chance.uniform(800.0, 6000.0, len(CODES))
    above = chance.normal(0.0, 0.05, requests.shape)
    for t in range(len(YEARS)):
        if t:
            rise = 0.08 + 0.4 * above[:, t - 1] + chance.normal(0.0, 0.01, len(CODES))
            counts[:, t] = counts[:, t - 1] * np.exp(rise)
        requests[:, t] = (0.22 + above[:, t]) * counts[:, t]
    flows = {"requests": requests, "new_plans": 0.15 * counts * (1.0 + chance.normal(0.0, 0.02, counts.shape))}
    return Panel(codes=CODES, years=YEARS, counts=counts, doubted=(), flows=flows)


def test_the_funnel_finds_what_requests_foretell() -> None:
    """The weight the counts were made with, 0.4, to within a tenth of it; and the signal of one authority, worked by hand."""
    past = made_panel()
    fitted = growth.fit(past).funnel
    assert fitted is not None
    assert fitted.weights[0] == pytest.approx(0.4, abs=0.04)
    assert fitted.area_sd < 0.02
    requests, new_plans = (float(past.per_plan(name)[5, -1]) for name in panel.FLOWS)
    medians = [float(np.median(past.per_plan(name)[:, -1])) for name in panel.FLOWS]
    region = fitted.regions[2024][funnel.region_of(CODES[5])]
    by_hand = np.dot(fitted.weights, [requests - medians[0], new_plans - medians[1], region])
    assert fitted.signal(CODES[5], 2024, requests, new_plans) == pytest.approx(by_hand)
    assert fitted.signal(CODES[5], 2024, NAN, new_plans) is None


def test_planted_bad_returns_are_named_and_do_not_steer_the_rest() -> None:
    """Five returns halved, three doubled for a year, and requests ten times too many: the constants hardly move."""
    past = made_panel()
    counts, requests = past.counts.copy(), past.flows["requests"].copy()
    for row in range(5):
        counts[row, 6] *= 0.5
    for row in range(5, 8):
        counts[row, 7] *= 2.0
    requests[8:14, 5] *= 10.0
    rows = [(code, year, float(counts[i, t])) for i, code in enumerate(CODES) for t, year in enumerate(YEARS)]
    bad = panel.of(pl.DataFrame(rows, schema=["la_code", "year", "people"], orient="row"))
    spoiled = Panel(
        codes=bad.codes, years=bad.years, counts=bad.counts, doubted=bad.doubted,
        flows={"requests": requests, "new_plans": past.flows["new_plans"]},
    )  # fmt: skip
    assert {(code, year) for code, year, _ in bad.doubted} == {
        *((CODES[row], 2020) for row in range(5)),
        *((CODES[row], 2021) for row in range(5, 8)),
    }
    good, found = growth.fit(past), growth.fit(spoiled)
    assert good.funnel is not None
    assert found.funnel is not None
    assert found.funnel.weights[0] == pytest.approx(good.funnel.weights[0], abs=0.03)
    assert found.england[2020] == pytest.approx(good.england[2020], abs=0.005)
    assert found.momentum == pytest.approx(good.momentum, abs=0.05)


def test_a_return_that_does_not_say_where_children_are_is_not_used() -> None:
    """One authority in which 90% of settings are not recorded among nine with none: named, and no part of England's shares."""
    rows = []
    for place, code in enumerate(CODES[:10]):
        for year in (2022, 2023):
            unknown = 900.0 if place == 0 and year == 2023 else 0.0
            rows += [
                (code, year, "mainstream", 600.0 - unknown * 0.6),
                (code, year, "special_state", 400.0 - unknown * 0.4),
            ]
            rows += [(code, year, "not_recorded", unknown)]
    history = pl.DataFrame(rows, schema=["la_code", "year", "value", "people"], orient="row").with_columns(
        measure=pl.lit("plans"), dimension=pl.lit("setting")
    )
    shares = composition.read(history, "setting")
    assert shares is not None
    assert shares.doubted == ((CODES[0], 2023),)
    assert np.isnan(shares.of[0, 1]).all()
    assert shares.england[1] == pytest.approx([0.6, 0.0, 0.4])
