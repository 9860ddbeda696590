"""Writing a plan in sections, issuing it, versions that never change, and two officers at one entry."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.errors import RefusedError
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case
from rightplace.web.plans import save
from rightplace.web.plans.models import Part, PartSaved, PlanVersion
from rightplace.web.plans.written import seal_of

_MADE = Path(__file__).parents[1] / "made"
_PEOPLE = runpy.run_path(str(_MADE / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
UNDER_WAY = (("2026-01-05", "request_received"), ("2026-02-09", "assessment_agreed"))


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def case(area: Any) -> Case:
    return _PEOPLE["make_case"](area.people["case_officer"], *UNDER_WAY, forename="Cy")


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _fill(client: Any, case: Case, letter: str, key: str, **values: Any) -> Any:
    form = {"key": key, "version": "0", **values}
    response = client.post(reverse("plan_add", args=[case.reference, letter]), form)
    assert response.status_code == 302, response.content.decode()
    return response


def _write(client: Any, case: Case) -> None:
    _fill(client, case, "A", "a", text="Cy likes trains.")
    _fill(client, case, "B", "b", text="Cannot follow long sentences.")
    _fill(client, case, "E", "e", text="By July 2027 follows two-step requests.", ties=["2"])
    _fill(client, case, "F", "f", text="Regular speech therapy.", ties=["2", "3"])
    _fill(client, case, "K", "k", text="Psychological advice of 3 March 2026.")


def _issue(client: Any, case: Case, kind: str, when: str, key: str, **more: str) -> Any:
    year, month, day = when.split("-")
    case.refresh_from_db()
    form = {
        "key": key, "version": str(case.version), "seen": seal_of(save.in_hand(case)), "day_day": day,
        "day_month": month, "day_year": year, **more,
    }  # fmt: skip
    return client.post(reverse("plan_issue", args=[case.reference, kind]), form)


def test_a_plan_is_written_drafted_changed_issued_and_compared(area: Any, case: Case, officer: Any) -> None:
    _write(officer, case)
    page = _PAGES["whole"](officer.get(reverse("plan", args=[case.reference])))
    assert "<strong>“Regular”</strong>: How often, exactly?" in page
    assert "Tied to B1, E1." in page
    assert _issue(officer, case, "draft_plan_sent", "2026-04-13", "draft").status_code == 302
    part = Part.objects.get(case=case, section="F")
    form = {"key": "f2", "version": "1", "text": "A therapist, 45 minutes once a week.", "ties": ["2", "3"]}
    assert officer.post(reverse("plan_part", args=[case.reference, part.number]), form).status_code == 302
    _fill(officer, case, "I", "i", text="", kind="Mainstream primary school")
    response = _issue(officer, case, "final_plan_issued", "2026-05-20", "final", for_next_phase="no")
    assert response.status_code == 302
    case.refresh_from_db()
    assert case.plan_state == "in_force"
    text = _PAGES["whole"](officer.get(reverse("plan_changes", args=[case.reference])))
    assert '<del><span class="rp-said">[removed:</span> Regular speech therapy.' in text
    assert '<ins><span class="rp-said">[added:</span> A therapist, 45 minutes once a week.' in text
    assert "I: School, college or other setting (new entry)" in text
    draft = _PAGES["whole"](officer.get(reverse("plan_version", args=[case.reference, 1])))
    assert "Regular speech therapy." in draft
    assert verify().broken == ()


def test_a_draft_that_names_a_setting_is_refused_and_nothing_is_issued(case: Case, officer: Any) -> None:
    """Children and Families Act 2014, section 38(5): the draft must not name a setting or a type."""
    _write(officer, case)
    _fill(officer, case, "I", "i", text="Marsh School")
    text = _issue(officer, case, "draft_plan_sent", "2026-04-13", "draft").content.decode()
    assert "There is a problem" in text
    assert (PlanVersion.objects.count(), case.events.count()) == (0, 2)


def test_a_final_plan_may_name_only_a_setting_that_was_consulted(case: Case, officer: Any) -> None:
    """Children and Families Act 2014, sections 39(2) and 40(3)."""
    _write(officer, case)
    assert _issue(officer, case, "draft_plan_sent", "2026-04-13", "draft").status_code == 302
    _fill(officer, case, "I", "i", text="Marsh School", kind="Mainstream")
    text = _issue(officer, case, "final_plan_issued", "2026-05-20", "f", for_next_phase="no").content.decode()
    assert "consulted" in text
    assert PlanVersion.objects.count() == 1


def test_the_same_form_sent_twice_issues_once(case: Case, officer: Any) -> None:
    _write(officer, case)
    for _ in range(2):
        assert _issue(officer, case, "draft_plan_sent", "2026-04-13", "draft").status_code == 302
    assert (PlanVersion.objects.count(), case.events.count()) == (1, 3)
    _fill(officer, case, "B", "b", text="Cannot follow long sentences.")
    assert Part.objects.filter(case=case, section="B").count() == 1


def test_text_saved_by_someone_else_since_is_not_issued_unread(area: Any, case: Case, officer: Any) -> None:
    _write(officer, case)
    seen = seal_of(save.in_hand(case))
    save.add_part(case, "B", {"text": "Tires quickly."}, by=area.people["team_manager"])
    with pytest.raises(RefusedError, match="text changed"):
        save.issue(
            case, "draft_plan_sent", day=_PEOPLE["day"]("2026-04-13"), seen=seen, by=area.people["case_officer"],
            version=case.version, key="x",
        )  # fmt: skip
    assert case.events.count() == 2


def test_the_loser_of_two_officers_sees_both_texts_and_loses_none(area: Any, case: Case, officer: Any) -> None:
    _write(officer, case)
    part = Part.objects.get(case=case, section="B")
    address = reverse("plan_part", args=[case.reference, part.number])
    manager = _PEOPLE["signed_in"](area.people["team_manager"])
    assert (
        manager.post(address, {"key": "m", "version": "1", "text": "Cannot follow two-step requests."}).status_code
        == 302
    )
    lost = officer.post(address, {"key": "o", "version": "1", "text": "Cannot follow long, dense sentences."})
    assert lost.status_code == 409
    text = _PAGES["whole"](lost)
    assert "Cannot follow two-step requests." in text
    assert "Cannot follow long, dense sentences." in text
    assert 'name="version" value="2"' in text
    again = officer.post(address, {"key": "o", "version": "2", "text": "Cannot follow long, dense sentences."})
    assert again.status_code == 302
    said = list(part.saved.values_list("values__text", flat=True))
    assert said == [
        "Cannot follow long sentences.", "Cannot follow two-step requests.", "Cannot follow long, dense sentences.",
    ]  # fmt: skip


def test_an_entry_taken_out_stays_in_its_history(case: Case, officer: Any) -> None:
    _write(officer, case)
    part = Part.objects.get(case=case, section="B")
    form = {"key": "r", "version": "1", "text": "", "remove": "yes"}
    assert officer.post(reverse("plan_part", args=[case.reference, part.number]), form).status_code == 302
    assert [row.removed for row in part.saved.order_by("revision")] == [False, True]
    assert all(entry.section != "B" for entry in save.in_hand(case))
    assert officer.get(reverse("plan_part", args=[case.reference, part.number])).status_code == 404


def test_a_version_and_a_saving_never_change(case: Case, officer: Any) -> None:
    _write(officer, case)
    _issue(officer, case, "draft_plan_sent", "2026-04-13", "draft")
    version = PlanVersion.objects.get()
    version.day = _PEOPLE["day"]("2026-04-01")
    with pytest.raises(RefusedError):
        version.save()
    with pytest.raises(RefusedError):
        PlanVersion.objects.all().update(number=9)
    with pytest.raises(RefusedError):
        PartSaved.objects.all().delete()


def test_a_family_reads_what_was_issued_and_not_the_plan_in_hand(area: Any, officer: Any) -> None:
    runpy.run_path(str(_MADE / "web_routes" / "plans.py"))["prepare"](area)
    save.add_part(area.one, "B", {"text": "Not for anyone yet."}, by=area.people["case_officer"])
    parent = _PEOPLE["signed_in"](area.people["parent"])
    read = parent.get(reverse("plan_version", args=[area.one.reference, 1]))
    assert "Finds long sentences hard to follow." in _PAGES["whole"](read)
    changed = parent.get(reverse("plan_changes", args=[area.one.reference])).content.decode()
    assert "Not for anyone yet." not in changed
    assert Entry.objects.filter(who_id=area.people["parent"].pk, action="read").count() == 2


def test_the_pages_hold_to_the_rules_of_every_page(
    area: Any, case: Case, officer: Any, django_assert_max_num_queries: Any
) -> None:
    _write(officer, case)
    for name, values in (
        ("plan", []), ("plan_add", ["F"]), ("plan_add", ["I"]), ("plan_add", ["A"]), ("plan_part", [4]),
        ("plan_issue", ["draft_plan_sent"]), ("plan_changes", []),
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            response = officer.get(reverse(name, args=[case.reference, *values]), follow=True)
        _PAGES["whole"](response)


def test_mistakes_are_told_and_what_was_entered_is_kept(case: Case, officer: Any) -> None:
    text = officer.post(reverse("plan_add", args=[case.reference, "B"]), {"key": "k", "version": "0", "text": ""})
    assert "Enter the need." in _PAGES["whole"](text)
    issued = officer.post(
        reverse("plan_issue", args=[case.reference, "draft_plan_sent"]),
        {"key": "k", "version": "2", "seen": "x", "day_day": "1", "day_month": "1", "day_year": "2090"},
    )
    assert "The day has not come yet" in _PAGES["whole"](issued)
