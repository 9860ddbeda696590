"""Letters about decisions: the rights and the dates each tells of, and that a letter stays as it was made.

What a notice must tell: SEND Regulations 2014, regulations 5(3) and 31(3). Time to appeal: two months from the decision, moved
on from August and Christmas (SI 2008/2699, rules 12 and 20, as applied to these worked dates by hand): from 10 February 2026 to
10 April 2026; from 15 June 2026, 15 August would be the end, so 1 September 2026.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.errors import RefusedError
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.letters.make import decisions
from rightplace.web.letters.models import Letter
from rightplace.web.letters.wording import LETTERS

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
day = _PEOPLE["day"]
FORM = {
    "key": "l", "version": "0", "to": "Jo Marsh", "reasons": "We looked at the school's report.", "signed": "Olu Carter",
    "mediation": "Fair Talk, 01632 960 010", "disagreement": "Fair Talk", "advice": "Marlshire advice service",
}  # fmt: skip


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _refused(area: Any, when: str, asked: str = "2026-01-05") -> Case:
    return _PEOPLE["make_case"](
        area.people["case_officer"], (asked, "request_received"), (when, "assessment_refused"), forename="Cy"
    )


@pytest.mark.parametrize(("when", "last"), [("2026-02-10", "10 April 2026"), ("2026-06-15", "1 September 2026")])
def test_a_letter_tells_every_right_with_its_dates(area: Any, officer: Any, when: str, last: str) -> None:
    case = _refused(area, when)
    response = officer.post(reverse("letter_write", args=[case.reference]), FORM, follow=True)
    text = whole(response)
    assert "Our decision not to assess" in text
    assert f"by {last}" in text
    for told in (
        "First-tier Tribunal",
        "mediation adviser",
        "certificate",
        "disagreement resolution",
        "information and advice",
    ):
        assert told in text
    for given in ("Fair Talk, 01632 960 010", "Marlshire advice service", "We looked at the school&#39;s report."):
        assert given in text
    assert Entry.objects.filter(action="letter", case=case.reference).count() == 1


def test_every_decision_that_can_be_appealed_has_a_letter() -> None:
    """Children and Families Act 2014, section 51(2), as casework lists it."""
    from rightplace.casework.history import APPEALABLE

    assert {match.event.name() for match in APPEALABLE} == set(LETTERS)


def test_only_an_appeal_about_the_setting_needs_no_certificate(area: Any, officer: Any) -> None:
    """Children and Families Act 2014, section 55."""
    address = reverse("letter_write", args=[area.one.reference])
    plan = whole(officer.post(address, FORM, follow=True))
    assert "You need no certificate if you appeal only about the setting" in plan
    case = _refused(area, "2026-02-10")
    refusal = whole(officer.post(reverse("letter_write", args=[case.reference]), FORM | {"key": "l2"}, follow=True))
    assert "You need no certificate" not in refusal


def test_the_law_that_was_not_read_is_marked_for_officers_and_not_in_the_letter(area: Any, officer: Any) -> None:
    officer.post(reverse("letter_write", args=[area.one.reference]), FORM)
    letter = Letter.objects.get()
    address = reverse("letter", args=[letter.pk])
    assert "not read in the regulation at first hand" in whole(officer.get(address))
    parent = _PEOPLE["signed_in"](area.people["parent"])
    assert "not read in the regulation" not in whole(parent.get(address))
    case = _refused(area, "2026-02-10")
    assert "not read in the regulation" not in whole(officer.get(reverse("letter_write", args=[case.reference])))


def test_the_text_to_save_says_what_the_page_says(area: Any, officer: Any) -> None:
    officer.post(reverse("letter_write", args=[area.one.reference]), FORM)
    letter = Letter.objects.get()
    response = officer.get(reverse("letter", args=[letter.pk]), {"text": "1"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert letter.body in response.content.decode()


def test_the_same_form_makes_one_letter_and_a_letter_never_changes(area: Any, officer: Any) -> None:
    for _ in range(2):
        officer.post(reverse("letter_write", args=[area.one.reference]), FORM)
    letter = Letter.objects.get()
    letter.body = "Other"
    with pytest.raises(RefusedError):
        letter.save()
    again = whole(officer.get(reverse("letter_write", args=[area.one.reference])))
    assert 'value="Fair Talk, 01632 960 010"' in again, "whom the last letter named is there for the next"


def test_a_case_without_a_decision_needs_no_letter(area: Any, officer: Any) -> None:
    case = _PEOPLE["make_case"](area.people["case_officer"], ("2026-01-05", "request_received"), forename="Di")
    assert decisions(stand(case, day("2026-02-01"))) == []
    assert "No letter is needed" in whole(officer.get(reverse("letter_write", args=[case.reference])))
    assert "No decision that can be appealed was made." in whole(officer.get(reverse("letters", args=[case.reference])))


def test_mistakes_are_told(area: Any, officer: Any) -> None:
    text = whole(
        officer.post(reverse("letter_write", args=[area.one.reference]), FORM | {"reasons": "", "mediation": ""})
    )
    assert "Enter the reasons for the decision." in text
    assert "Enter the mediation adviser." in text
    assert officer.get(reverse("letter_write", args=[area.one.reference]), {"event": "1"}).status_code == 404


def test_the_pages_hold_to_the_rules(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    for name in ("letters", "letter_write"):
        with django_assert_max_num_queries(20):
            whole(officer.get(reverse(name, args=[area.one.reference])))
