"""Exemptions on a deadline: recorded, withdrawn, told to the family; no day moves.

Worked by hand: a request of 6 January 2025 must lead to a final plan within 20 weeks, by 26 May 2025 (SEND Regulations 2014,
regulation 13(2)). An absence from 3 to 30 March is 28 days, both counted: four weeks, which regulation 10(4)(d) asks for; one
that ends on 29 March is not. DfE counts new plans with an exemption only in the figure with exceptions.
"""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.casework.timeliness import timeliness
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, CaseExemption
from rightplace.web.cases.store.read import stand
from rightplace.web.exemptions.models import Withdrawal

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
LATE = (
    ("2025-01-06", "request_received"),
    ("2025-02-10", "assessment_agreed"),
    ("2025-05-12", "draft_plan_sent"),
    ("2025-06-09", "final_plan_issued"),
)


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def case(area: Any) -> Case:
    made = _PEOPLE["make_case"](area.people["case_officer"], *LATE, forename="Cy")
    made.links.create(user=area.people["parent"], kind="parent", since=date(2025, 1, 6))
    return made


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _form(**more: str) -> dict[str, str]:
    form = {"key": "k", "version": "4", "ground": "absence", "evidence": "Letter of 1 March", "decided_by": "Mo Dean"}
    for name, text in (("starts", "2025-03-03"), ("ends", "2025-03-30")):
        year, month, day = text.split("-")
        form |= {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
    return form | more


def _send(client: Any, case: Case, rule: str = "final_plan", **more: str) -> Any:
    return client.post(reverse("exemption_record", args=[case.reference, rule]), _form(**more))


def _counts(case: Case) -> tuple[int, int]:
    found = timeliness([stand(case, date(2025, 7, 1)).view.deadlines])
    return found.issued_in_20_weeks.counted, found.issued_in_20_weeks_without_exceptions.counted


def test_an_exemption_moves_no_day_and_takes_the_plan_out_of_one_figure_only(
    area: Any, case: Case, officer: Any
) -> None:
    assert _counts(case) == (1, 1)
    assert _send(officer, case).status_code == 302
    page = whole(officer.get(reverse("exemptions", args=[case.reference])))
    assert "Due by 26 May 2025, as it was before" in page
    assert "Counted as late, by 14 days. In the figure without exceptions: Left out of it" in page
    assert _counts(case) == (1, 0)
    assert verify().broken == ()
    assert "Letter of 1 March; decided by Mo Dean" in Entry.objects.get(action="exemption").words


def test_it_is_withdrawn_with_a_reason_and_stays_in_the_record(area: Any, case: Case, officer: Any) -> None:
    _send(officer, case)
    row = CaseExemption.objects.get()
    address = reverse("exemption_withdraw", args=[case.reference, row.pk])
    assert "Enter why it is withdrawn." in whole(officer.post(address, {"key": "w", "version": "0", "reason": " "}))
    assert _counts(case) == (1, 0)
    for _ in range(2):
        officer.post(address, {"key": "w", "version": "0", "reason": "They were at home."})
    assert Withdrawal.objects.count() == Entry.objects.filter(action="exemption_withdrawn").count() == 1
    assert _counts(case) == (1, 1)
    page = whole(officer.get(reverse("exemptions", args=[case.reference])))
    assert "They were at home." in page
    assert "(withdrawn)" in page


def test_sent_twice_it_is_recorded_once(case: Case, officer: Any) -> None:
    assert [_send(officer, case).status_code for _ in range(2)] == [302, 302]
    assert CaseExemption.objects.count() == 1


@pytest.mark.parametrize(
    ("rule", "more", "words"),
    [
        ("final_plan", {"ends_day": "29"}, "less than 4 weeks"),
        ("final_plan", {"ground": ""}, "Select the ground."),
        ("final_plan", {"ground": "missed_appointment"}, "among those shown"),
        ("final_plan", {"ground": "psychologist"}, "among those shown"),
        ("final_plan", {"ground": "school_closed"}, "Enter the day on which advice was asked for"),
        ("final_plan", {"starts_year": "2099", "ends_year": "2099"}, "has not come yet"),
        ("final_plan", {"starts_year": "2024", "ends_year": "2024"}, "do not touch the time"),
        ("final_plan", {"ends_year": "2024"}, "end before they start"),
        ("final_plan", {"evidence": " "}, "Enter what shows it."),
        ("final_plan", {"decided_by": ""}, "Enter who decided."),
        ("final_plan", {"starts_day": "31", "starts_month": "2"}, "There is no such day"),
        ("assess_decision", {}, "do not touch the time"),
    ],
)
def test_what_the_regulations_do_not_allow_is_refused_in_the_form(
    case: Case, officer: Any, rule: str, more: dict[str, str], words: str
) -> None:
    """Regulation 10(4) lists four reasons. A shortage of psychologists is not among them."""
    response = _send(officer, case, rule, **more)
    assert response.status_code == 200
    assert words in whole(response)
    assert not CaseExemption.objects.exists()


def test_a_deadline_with_no_listed_ground_or_not_started_has_no_form(case: Case, officer: Any) -> None:
    """Phase transfers have no exemption at all (regulation 18); no advice was asked for here."""
    assert officer.get(reverse("exemption_record", args=[case.reference, "phase_transfer"])).status_code == 404
    assert _send(officer, case, "advice_return").status_code == 302
    assert not CaseExemption.objects.exists()


def test_an_exemption_of_another_case_is_not_found_under_this_one(area: Any, case: Case, officer: Any) -> None:
    _send(officer, case)
    number = CaseExemption.objects.get().pk
    assert officer.get(reverse("exemption_withdraw", args=[area.one.reference, number])).status_code == 404


def test_the_family_reads_why_without_blame_and_not_the_evidence(area: Any, case: Case, officer: Any) -> None:
    parent = _PEOPLE["signed_in"](area.people["parent"])
    address = reverse("exemptions_told", args=[case.reference])
    assert "We have not used extra time" in whole(parent.get(address))
    _send(officer, case)
    page = whole(parent.get(address))
    assert "One of you was away for 4 weeks or more" in page
    assert "The last day is 26 May 2025. That day does not change." in page
    assert "Letter of 1 March" not in page
    assert " case " not in page.split("<main")[1].split("</main>")[0].lower()
    assert parent.get(reverse("exemptions_told", args=[area.other.reference])).status_code == 403


def test_each_look_is_noted_and_no_page_asks_too_much(
    area: Any, case: Case, officer: Any, django_assert_max_num_queries: Any
) -> None:
    _send(officer, case)
    before = Entry.objects.filter(action="read", case=case.reference).count()
    for name, values in (
        ("exemptions", []),
        ("exemption_record", ["final_plan"]),
        ("exemption_withdraw", [CaseExemption.objects.get().pk]),
    ):
        with django_assert_max_num_queries(20):
            whole(officer.get(reverse(name, args=[case.reference, *values])))
    assert Entry.objects.filter(action="read", case=case.reference).count() == before + 3
