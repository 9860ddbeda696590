"""Parameter files: what they must hold, how mistakes are told, and what a value is on a date."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlparse

import pytest

from rightplace import parameters
from rightplace.errors import DataError, UserError
from rightplace.parameters import reference, store
from rightplace.parameters.parameter import STATUSES, Parameter

ALL = parameters.all_parameters()

GOOD = """
subject: Local prices
parameters:
  - name: bus_pass_gbp
    label: A bus pass
    unit: pounds a year
    owner: Borough
    values:
      - from: 2025-04-01
        value: 300
        status: local
        verified: true
        source: {title: "Borough fees", link: "https://example.org/fees"}
"""


def write(folder: Path, text: str, name: str = "prices.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(DataError) as caught:
        store.read_folder(write(folder, text))
    return str(caught.value)


@pytest.mark.parametrize("parameter", ALL.values(), ids=ALL)
def test_every_parameter_says_where_it_comes_from(parameter: Parameter) -> None:
    """A figure without a source, a date or an owner may not be used."""
    assert parameter.owner
    assert parameter.subject
    for value in parameter.values:
        link = urlparse(value.source_link)
        assert link.scheme == "https"
        assert "." in link.netloc
        assert value.source_title.startswith("Rightplace") == (parameter.owner == "Rightplace")
        assert value.status in STATUSES
        assert value.unit == parameter.unit
    assert all(earlier.from_date <= later.from_date for earlier, later in pairwise(parameter.values))


@pytest.mark.parametrize("parameter", ALL.values(), ids=ALL)
def test_names_carry_their_units(parameter: Parameter) -> None:
    """Money ends in gbp and lengths of time in their unit, so that a reader of code cannot mistake them."""
    first = parameter.unit.split(",")[0].split()[0]
    if first == "pounds":
        assert parameter.name.endswith("_gbp") or parameter.name.endswith("_per_day_gbp")
    if first in {"weeks", "days", "months", "hours", "working"}:
        unit = "working_days" if first == "working" else first
        assert unit in parameter.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # SI 2014/1530: regulations 5(1), 8(1), 10(1), 13(1), 13(2), 15(2), 15(4), 20, 22(3), 27(2), 33, 34, 44.
        ("assessment_decision_weeks", 6),
        ("advice_weeks", 6),
        ("no_plan_decision_weeks", 16),
        ("draft_response_days", 15),
        ("final_plan_weeks", 20),
        ("move_transfer_working_days", 15),
        ("move_notice_weeks", 6),
        ("review_notice_weeks", 2),
        ("review_decision_weeks", 4),
        ("amended_plan_weeks", 8),
        ("amended_plan_from_meeting_weeks", 12),
        ("reassessment_final_plan_weeks", 14),
        ("mediation_contact_months", 2),
        ("mediation_certificate_working_days", 3),
        ("appeal_months", 2),
        ("appeal_from_certificate_months", 1),
        ("order_amend_weeks", 5),
        ("order_final_plan_weeks", 11),
        ("conceded_contents_weeks", 5),
    ],
)
def test_time_limits_are_those_of_the_regulations(name: str, value: int) -> None:
    """Special Educational Needs and Disability Regulations 2014, as amended, on 1 January 2026."""
    held = parameters.load(name).at(date(2026, 1, 1))
    assert held.value == value
    assert held.status == "in force"


def test_an_amended_limit_is_what_it_was_before_the_amendment() -> None:
    """Regulation 45 as made gave four weeks; SI 2015/359 made it five."""
    limit = parameters.load("conceded_contents_weeks")
    assert limit.at(date(2014, 9, 1)).value == 4
    assert limit.at(date(2015, 3, 22)).value == 4
    assert limit.at(date(2015, 3, 23)).value == 5


def test_nothing_is_in_force_before_the_first_value() -> None:
    """The Regulations came into force on 1 September 2014."""
    limit = parameters.load("final_plan_weeks")
    assert limit.find(date(2014, 8, 31)) is None
    with pytest.raises(UserError, match=r"no value in force on 2014-08-31.*2014-09-01"):
        limit.at(date(2014, 8, 31))


def test_a_proposal_counts_only_when_asked_for() -> None:
    """A reform that is not law changes nothing by itself."""
    duty = parameters.load("individual_support_plan_duty")
    assert duty.at(date(2030, 1, 1)).value is False
    assert duty.at(date(2030, 1, 1), include_proposed=True).value is True
    assert duty.at(date(2029, 8, 31), include_proposed=True).value is False


def test_every_reform_but_the_override_is_marked_proposed() -> None:
    """Nothing that depends on an Act not seen may read as law."""
    for parameter in ALL.values():
        if parameter.subject == "Reform" and parameter.name != "statutory_override":
            assert parameter.values[-1].status == "proposed", parameter.name
    override = parameters.load("statutory_override")
    assert override.at(date(2028, 3, 31)).value is True
    assert override.at(date(2028, 4, 1)).value is False


def test_a_repealed_parameter_has_no_value_from_that_date(tmp_path: Path) -> None:
    """A null value is a repeal."""
    text = GOOD + GOOD[GOOD.index("      - from") :].replace("2025-04-01", "2026-04-01").replace("300", "null")
    bus = store.read_folder(write(tmp_path, text))["bus_pass_gbp"]
    assert bus.at(date(2026, 3, 31)).value == 300
    assert bus.find(date(2026, 4, 1)) is None
    with pytest.raises(UserError, match="no value in force on 2026-04-01"):
        bus.at(date(2026, 4, 1))


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    """A slip of the pen should not need a search."""
    with pytest.raises(UserError, match=r"Did you mean .*final_plan_weeks"):
        parameters.load("final_plan_week")
    with pytest.raises(UserError, match="See the list"):
        parameters.load("zzzz")


def test_an_area_lays_its_own_values_over_the_package(tmp_path: Path) -> None:
    """A local cost counts from its date; before that, and elsewhere, the package's own."""
    text = GOOD.replace("bus_pass_gbp", "transport_send_gbp").replace("pounds a year", "pounds a child a year")
    write(tmp_path, text.replace("300", "9500"))
    local = parameters.load("transport_send_gbp", local=tmp_path)
    assert local.at(date(2025, 3, 31)).value == 8116
    assert (local.at(date(2025, 4, 1)).value, local.at(date(2025, 4, 1)).status) == (9500, "local")
    assert parameters.load("transport_send_gbp").at(date(2025, 4, 1)).value == 8116


def test_a_local_value_of_the_same_date_comes_first(tmp_path: Path) -> None:
    """Whatever the order they were laid down in."""
    text = GOOD.replace("bus_pass_gbp", "transport_send_gbp").replace("pounds a year", "pounds a child a year")
    write(tmp_path, text.replace("300", "9500").replace("2025-04-01", "2023-04-01"))
    assert parameters.load("transport_send_gbp", local=tmp_path).at(date(2024, 1, 1)).value == 9500


def test_a_local_value_in_another_unit_is_refused(tmp_path: Path) -> None:
    """Pounds a year are not pounds a child a year."""
    write(tmp_path, GOOD.replace("bus_pass_gbp", "transport_send_gbp"))
    with pytest.raises(DataError, match="its unit is 'pounds a year' here and 'pounds a child a year'"):
        parameters.load("transport_send_gbp", local=tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("status: local", "status: law", "values.0.status"),
        ("value: 300", "amount: 300", "values.0.amount: Extra inputs"),
        ("value: 300", "value: [300]", "values.0.value"),
        ("verified: true", "verified: maybe", "values.0.verified"),
        ("from: 2025-04-01", "from: soon", "values.0.from"),
        ("from: 2025-04-01", "from: 2025", "values.0.from"),
        ("https://example.org/fees", "http://example.org/fees", "values.0.source.link"),
        ("https://example.org/fees", "see the office", "values.0.source.link"),
        ('title: "Borough fees", ', "", "values.0.source.title: Field required"),
        ("owner: Borough", "owner: ''", "owner"),
        ("name: bus_pass_gbp", "name: Bus pass", "name"),
        ("name: bus_pass_gbp", "", "parameter 1: name: Field required"),
        ("value: 300", "value: 300\n        low: 400", "the value 300 is outside its range"),
        ("value: 300", "value: free\n        high: 400", "a range is given for a value that is not a number"),
        ("subject: Local prices", "", "a subject and a list of parameters"),
        ("subject: Local prices", "subject: [", "not YAML"),
    ],
)
def test_each_kind_of_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    """File, parameter, field and what is wrong."""
    assert old in GOOD
    message = mistakes(tmp_path, GOOD.replace(old, new))
    assert "prices.yaml" in message
    assert told in message


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """One run of the loader is one list to mend."""
    write(tmp_path, GOOD.replace("status: local", "status: law").replace("verified: true", "verified: 3"), "a.yaml")
    write(tmp_path, GOOD, "b.yaml")
    write(tmp_path, GOOD, "c.yaml")
    (tmp_path / "d.yaml").write_bytes(b"subject: \xff\xfe")
    with pytest.raises(DataError) as caught:
        store.read_folder(tmp_path)
    message = str(caught.value)
    assert "4 mistakes" in message
    assert "a.yaml, bus_pass_gbp: values.0.status" in message
    assert "a.yaml, bus_pass_gbp: values.0.verified" in message
    assert "c.yaml, bus_pass_gbp: the name is used twice" in message
    assert "d.yaml: the file is not YAML in UTF-8" in message


def test_values_out_of_order_are_refused(tmp_path: Path) -> None:
    """A later value listed first would read as the newer one."""
    later = GOOD[GOOD.index("      - from") :].replace("2025-04-01", "2024-04-01")
    assert "in the order of their dates" in mistakes(tmp_path, GOOD + later)


def test_the_same_date_twice_with_one_status_is_refused(tmp_path: Path) -> None:
    """There would be no telling which holds."""
    assert "in the order of their dates" in mistakes(tmp_path, GOOD + GOOD[GOOD.index("      - from") :])


def test_the_reference_page_has_every_parameter_and_source() -> None:
    """One section for each, the same every time."""
    page = reference.markdown()
    assert page == reference.markdown()
    for parameter in ALL.values():
        assert f"\n`{parameter.name}`, in {parameter.unit}." in page
        assert page.count(f"\n`{parameter.name}`,") == 1
        assert all(value.source_link in page for value in parameter.values)
    unverified = sum(not value.verified for parameter in ALL.values() for value in parameter.values)
    assert page.count("), *not verified*") == unverified


def test_values_are_shown_as_people_write_them(tmp_path: Path) -> None:
    """Thousands, ranges, switches and repeals."""

    def show(old: str, new: str) -> str:
        text = GOOD.replace(old, new)
        return reference.shown(store.read_folder(write(tmp_path, text))["bus_pass_gbp"].values[0])

    assert show("value: 300", "value: 63000") == "63,000"
    assert show("value: 300", "value: 300\n        low: 250\n        high: 1000") == "300 (range 250 to 1,000)"
    assert show("value: 300", "value: true") == "yes"
    assert show("value: 300", "value: '02-15'") == "02-15"
    assert show("value: 300", "value: null") == "repealed"
