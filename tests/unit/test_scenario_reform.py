"""The government's proposals as scenarios."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rightplace import parameters
from rightplace.errors import DataError, UserError
from rightplace.forecast.scenario.contradictions import contradictions
from rightplace.forecast.scenario.description import PROPOSED, Scenario
from rightplace.forecast.scenario.reform import EVERYTHING, REFORMS, reform, together

ALL = parameters.all_parameters()


def test_dates_are_those_the_government_gives() -> None:
    """DfE's consultation of 23 February 2026: new assessments from September 2029, plans replaced from September 2030 until 2035."""
    made = reform([EVERYTHING], ALL)
    dates = {change.name: (change.start, change.until) for change in made.changes}
    assert len(dates) == len(REFORMS)
    assert dates["new assessment system"] == (date(2029, 9, 1), None)
    assert dates["plan to support plan moves"] == (date(2030, 9, 1), date(2035, 9, 1))
    assert dates["experts at hand primary days"] == (date(2029, 4, 1), None)


@pytest.mark.parametrize("name", REFORMS)
def test_nothing_proposed_passes_for_law_or_for_known(name: str) -> None:
    """Marked as proposed, with a range and not a number, a source each for date and size, and said not to be verified."""
    (change,) = reform([name], ALL).changes
    assert change.owner == PROPOSED
    assert "not law" in reform([name], ALL).name
    assert change.high - change.low >= 0.15
    assert change.source.startswith("Date: ")
    assert "Size: Rightplace" in change.source
    assert "(not verified)" in change.source
    assert ALL[REFORMS[name].size].values[-1].status == "proposed"


def test_all_proposals_together_do_not_contradict() -> None:
    """They may be switched on at once."""
    assert contradictions(reform([EVERYTHING], ALL).changes) == []


def test_an_areas_own_date_moves_the_change() -> None:
    """Dates are read from the parameters, so that a delay is one line in a file."""
    held = ALL["new_assessment_system"]
    later = replace(held, values=(*held.values[:-1], replace(held.values[-1], from_date=date(2031, 9, 1))))
    (change,) = reform(["new-assessment-system"], {**ALL, "new_assessment_system": later}).changes
    assert change.start == date(2031, 9, 1)
    gone = replace(held, values=(*held.values, replace(held.values[-1], value=False)))
    with pytest.raises(UserError, match="not proposed any more"):
        reform(["new_assessment_system"], {**ALL, "new_assessment_system": gone})


def test_an_unknown_proposal_is_refused_with_the_nearest() -> None:
    """A sentence that names those there are."""
    with pytest.raises(UserError, match="Did you mean new_assessment_system"):
        reform(["new assesment system"], ALL)
    with pytest.raises(UserError, match="Use all, or national"):
        reform(["xyz"], ALL)


def test_two_scenarios_that_contradict_are_refused_together() -> None:
    """A file that raises joining where a proposal can only lower it."""
    proposed = reform(["new_assessment_system"], ALL)
    (change,) = proposed.changes
    up = Scenario(name="up", changes=(replace(change, name="up", low=1.1, high=1.2),))
    with pytest.raises(DataError, match="raises and the other lowers"):
        together(up, proposed)
    assert len(together(reform(["special_place_kept"], ALL), proposed).changes) == 2
