"""Trends chosen in a scenario file: what they do to joining and leaving, what is shown of them, what is refused."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import kstest

from rightplace.area import store
from rightplace.area.record import Area, build
from rightplace.area.tables import BY_NAME
from rightplace.cli.entry import main
from rightplace.errors import DataError, UserError
from rightplace.forecast import chosen as choice
from rightplace.forecast import trend
from rightplace.forecast.chosen import REPLACED, Chosen, steered
from rightplace.forecast.local_level import Drift, Level
from rightplace.forecast.run import forecast
from rightplace.forecast.scenario.compare import compare
from rightplace.forecast.scenario.description import Scenario
from rightplace.forecast.scenario.parse import from_values
from rightplace.forecast.scenario.reform import together

SHAPE = {"futures": 400, "years": 5, "seed": 3}
STREAM = "test.chosen"
UNSURE = Level(mean=np.array([0.1, 0.07]), covariance=np.array([[0.02, 0.004], [0.004, 0.009]]))
DRIFT = Drift(slope=0.07, slope_sd=0.09, step_sd=0.15, noise_sd=0.1)
STILL = Drift(slope=0.0, slope_sd=0.0, step_sd=0.0, noise_sd=0.0)


def chosen(kind: str, low: float, high: float) -> Chosen:
    return Chosen(kind=kind, low=low, high=high, reason="Our plan", source="Strategy 2027", owner="Scenario")


def drawn(level: Level, drift: Drift, damping: tuple[float, float], growth: tuple[float, float] | None) -> np.ndarray:
    """Logs of multipliers, with the growth chosen or as drawn."""
    usual = trend.paths(level, drift, damping, years=5, seed=3, stream=STREAM)
    one = chosen(choice.JOINING_GROWTH, *growth) if growth else None
    return np.log(steered(usual, one, seed=3, stream=STREAM).draw(0, 400))


def test_a_chosen_rise_is_the_closed_form_where_nothing_else_moves() -> None:
    """5% a year damped by 0.8: the log multiplier of year t is log 1.05 x (0.8 + 0.64 + ... ), in every future."""
    known = Level(mean=np.array([0.0, 0.3]), covariance=np.zeros((2, 2)))
    found = drawn(known, STILL, (0.8, 0.8), (0.05, 0.05))
    expected = np.log(1.05) * np.cumsum(0.8 ** np.arange(1, 6))
    assert found == pytest.approx(np.tile(expected, (400, 1)))


def test_a_chosen_range_is_drawn_from_evenly() -> None:
    """With no damping the rise of each future is its log multiplier over the years: even between the ends (Kolmogorov-Smirnov)."""
    known = Level(mean=np.array([0.0, 0.3]), covariance=np.diag([0.0, 0.04]))
    rises = drawn(known, STILL, (1.0, 1.0), (-0.02, 0.06))[:, 4] / 5
    low, high = np.log(0.98), np.log(1.06)
    assert kstest(rises, "uniform", args=(low, high - low)).pvalue > 0.01


def test_all_else_stays_as_it_was_drawn() -> None:
    """Two chosen rises differ by their difference times the damped years, to the last digit, whatever level and noise were drawn."""
    fast, slow = (drawn(UNSURE, DRIFT, (0.7, 0.7), (rise, rise)) for rise in (0.08, 0.01))
    runs = np.cumsum(0.7 ** np.arange(1, 6))
    assert fast - slow == pytest.approx(np.tile(np.log(1.08 / 1.01) * runs, (400, 1)), abs=1e-12)
    usual = drawn(UNSURE, DRIFT, (0.7, 0.7), None)
    swapped = (usual - slow) / runs
    assert np.ptp(swapped, axis=1).max() < 1e-9
    # What was taken out is the slope that was drawn: its mean and spread are the level's (400 draws, four standard errors).
    slopes = swapped[:, 0] + np.log(1.01)
    assert slopes.mean() == pytest.approx(0.07, abs=4 * 0.095 / 20)
    assert slopes.std() == pytest.approx(0.095, rel=0.15)


@pytest.fixture(scope="module")
def people() -> Area:
    """3,000 people over three Januaries, a third of whom join between them; residents are as many every year."""
    rows = []
    for i in range(3000):
        group, first = i % 14 - 1, 2024 + (i % 5 == 0) + (i % 7 == 0)
        for year in range(first, 2027):
            now = group + year - 2024
            if now <= 11 + i // 3 % 5:
                rows.append((year, f"p{i}", "ASD", "special_state" if i % 4 == 0 else "mainstream", now))
    schema = BY_NAME["census"].schema
    columns = ["census_year", "person_id", "need", "setting_kind", "year_group"]
    frame = pl.DataFrame(rows, schema={name: schema[name] for name in columns}, orient="row")
    census = frame.select(frame[n] if n in columns else pl.lit(None, dtype=t).alias(n) for n, t in schema.items())
    residents = [(year, age, 2000.0, year > 2025) for year in range(2022, 2033) for age in range(26)]
    population = pl.DataFrame(residents, schema=BY_NAME["population"].schema, orient="row")
    return build(la_code="302", name="Made up", tables={"census": census, "population": population})


@pytest.fixture(scope="module")
def counts() -> Area:
    """Published totals alone."""
    rows = [
        (2021 + i, "plans", "total", "total", n, "made") for i, n in enumerate((800.0, 880.0, 950.0, 1040.0, 1130.0))
    ]
    history = pl.DataFrame(rows, schema=BY_NAME["history"].schema, orient="row")
    return build(la_code="302", name="Made up", tables={"history": history})


def yearly(of: pl.DataFrame, flow: str) -> np.ndarray:
    rows = of.filter((pl.col("flow") == flow) & (pl.col("dimension") == "total"))
    return rows.sort("year")["mean"].to_numpy()


def scenario(*choices: Chosen) -> Scenario:
    return Scenario(name="chosen", changes=(), assumptions=choices)


def test_joiners_rise_as_chosen(people: Area) -> None:
    """With nothing lost a year later, joiners at 10% a year are 1.1 to the power of t times those at 0%, future by future."""
    flows = [
        forecast(
            people, years=4, futures=80, seed=2,
            scenario=scenario(chosen(choice.JOINING_GROWTH, rise, rise), chosen(choice.DAMPING, 1.0, 1.0)),
        ).flows
        for rise in (0.1, 0.0)
    ]  # fmt: skip
    ratio = yearly(flows[0], "joiners") / yearly(flows[1], "joiners")
    assert ratio == pytest.approx(1.1 ** np.arange(1, 5), rel=0.02)


def test_leaving_rises_as_chosen_and_joining_does_not(people: Area) -> None:
    """Joiners of every year are the same to the person; leavers of the first year rise by less than the odds do."""
    both = compare(people, scenario(chosen(choice.LEAVING_GROWTH, 0.2, 0.2)), years=3, futures=60, seed=2)
    assert yearly(both.scenario.flows, "joiners") == pytest.approx(yearly(both.baseline.flows, "joiners"))
    ratio = yearly(both.scenario.flows, "leavers")[0] / yearly(both.baseline.flows, "leavers")[0]
    assert 1.02 < ratio < 1.2


def test_choices_are_shown_with_owner_and_source_in_place_of_what_they_replace(people: Area, counts: Area) -> None:
    """Each replaced name is in a forecast without choices, of one route or the other, and gone from one with them."""
    before = {
        *forecast(people, years=1, futures=10).assumptions["name"],
        *forecast(counts, years=1, futures=10).assumptions["name"],
    }
    replaced = {name for names in REPLACED.values() for name in names}
    assert replaced <= before
    every = scenario(
        chosen(choice.JOINING_GROWTH, 0.02, 0.06),
        chosen(choice.LEAVING_GROWTH, -0.1, 0.0),
        chosen(choice.DAMPING, 0.5, 0.9),
    )
    made = forecast(people, years=1, futures=10, scenario=every).assumptions
    assert not replaced & set(made["name"])
    own = made.filter(pl.col("owner") == "Scenario")
    assert own["low"].to_list() == [0.02, -0.1, 0.5]
    assert own["high"].to_list() == [0.06, 0.0, 0.9]
    assert own["source"].to_list() == ["Strategy 2027. Our plan"] * 3


def test_published_totals_take_a_damping_and_refuse_the_rest(counts: Area) -> None:
    """With damping 0 England's growth ends: plans grow by far less than with 1; a rise of joining has nothing to act on."""
    totals = [
        forecast(counts, years=8, futures=60, scenario=scenario(chosen(choice.DAMPING, end, end))).futures_total
        for end in (0.0, 1.0)
    ]
    assert (totals[0][:, 0] == totals[1][:, 0]).all()
    assert (totals[0][:, 8] < totals[1][:, 8]).mean() > 0.9
    with pytest.raises(UserError, match="do not follow a yearly joining growth"):
        forecast(counts, years=2, futures=10, scenario=scenario(chosen(choice.JOINING_GROWTH, 0.0, 0.1)))


GOOD = {"assume": "joining growth", "is": {"low": "2%", "high": "6%"}, "reason": "r", "source": "s"}


def test_a_file_may_hold_choices_alone_or_beside_changes() -> None:
    """Both are read; two scenarios together keep both."""
    alone = from_values({"scenario": "Mine", "assumptions": [GOOD]})
    assert alone.changes == ()
    assert (alone.assumptions[0].low, alone.assumptions[0].high) == (0.02, 0.06)
    change = {"rate": "leaving", "from": "2027-01-01", "by": "5%", "reason": "r", "source": "s"}
    both = from_values({"changes": [change], "assumptions": [{**GOOD, "assume": "Damping", "is": "0.8"}]})
    assert (both.assumptions[0].kind, both.assumptions[0].low, both.assumptions[0].high) == ("damping", 0.8, 0.8)
    assert together(alone, both).assumptions == (*alone.assumptions, *both.assumptions)
    with pytest.raises(DataError, match="Joining growth is chosen in both"):
        together(alone, alone)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([GOOD, GOOD], "joining growth is chosen more than once"),
        ([{**GOOD, "is": {"low": "6%", "high": "2%"}}], "upside down"),
        ([{**GOOD, "is": "30"}], "joining growth cannot be 30"),
        ([{**GOOD, "assume": "damping", "is": {"low": "-10%", "high": "50%"}}], "damping cannot be -0.1"),
        ([{**GOOD, "assume": "damping", "is": "120%"}], "damping cannot be 1.2"),
        ([{**GOOD, "assume": "joining grwth"}], "Did you mean joining growth"),
        ([{**GOOD, "is": "lots"}], "is not a number"),
        ([{**GOOD, "is": {"low": "1%"}}], "a low and a high end"),
        ([{**GOOD, "why": "x"}], "'why' is not known here"),
        ([{"assume": "damping", "is": "0.5"}], "“reason” is missing"),
        (["damping"], "this is not an assumption"),
        ({"damping": "0.5"}, "this is not a list"),
        ([], "a list of changes, of assumptions, or of both"),
    ],
)
def test_what_is_absurd_or_contradictory_is_refused_kindly(given: object, says: str) -> None:
    """With what is wrong, where, and what to write."""
    with pytest.raises(DataError) as refused:
        from_values({"assumptions": given}, "mine.yaml")
    assert says in str(refused.value).replace(says[:1].upper() + says[1:], says)
    assert "mine.yaml" in str(refused.value)


def test_the_command_takes_a_file_of_choices(counts: Area, tmp_path: Path) -> None:
    """And writes the choice with its source beside the difference it makes."""
    store.save(counts, tmp_path / "area")
    (tmp_path / "mine.yaml").write_text(
        "scenario: England slows\nassumptions:\n  - {assume: damping, is: {low: 20%, high: 40%}, reason: A test, source: Nobody}\n",
        encoding="utf-8",
    )
    words = ["rightplace", "forecast", str(tmp_path / "area"), "--out", str(tmp_path / "out"), "--years", "3", "--futures", "20",
             "--scenario", str(tmp_path / "mine.yaml")]  # fmt: skip
    before, out, code = sys.argv, io.StringIO(), 0
    sys.argv = words
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.argv = before
    assert code == 0
    rows = pl.read_csv(tmp_path / "out" / "scenario_assumptions.csv").filter(pl.col("owner") == "Scenario")
    assert rows["source"].to_list() == ["Nobody. A test"]
    gap = pl.read_csv(tmp_path / "out" / "difference.csv").filter(pl.col("dimension") == "total").sort("year")
    assert gap["mean"][0] == 0
    assert gap["mean"][3] < 0


OWN = """
subject: Ours
parameters:
  - name: new_assessment_system
    label: New requests are assessed under the new system
    unit: yes or no
    owner: Made up
    values:
      - {from: 2028-04-01, value: true, status: proposed, verified: false, source: {title: Our own view, link: "https://example.org/view"}}
"""


def test_an_area_s_own_dates_of_proposals_count(tmp_path: Path) -> None:
    """Its date is earlier than the government's of September 2029, and stands; the size and other proposals are as they were."""
    from rightplace.cli.scenario import chosen as chosen_scenario

    (tmp_path / "reform.yaml").write_text(OWN, encoding="utf-8")
    own = chosen_scenario(None, ["new_assessment_system", "special_place_kept"], tmp_path)
    usual = chosen_scenario(None, ["new_assessment_system", "special_place_kept"])
    assert own is not None
    assert usual is not None
    assert [str(change.start) for change in usual.changes] == ["2029-09-01", "2029-09-01"]
    assert [str(change.start) for change in own.changes] == ["2028-04-01", "2029-09-01"]
    assert (own.changes[0].low, own.changes[0].high) == (usual.changes[0].low, usual.changes[0].high)
    assert "Our own view" in own.changes[0].source
