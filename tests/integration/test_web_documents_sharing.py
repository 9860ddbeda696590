"""Who may open a document: the officers and those it is for, until somebody lets in more; and that the other side is told."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.web.advice.models import Request
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Document
from rightplace.web.documents.add import add

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
A_PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def area(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return _PEOPLE["area"]()


@pytest.fixture
def parent(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["parent"])


@pytest.fixture
def officer(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def send(client: Client, area: Any, content: bytes, name: str = "Report.pdf", **more: str) -> Any:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    form = {"key": "k", "version": "0", "title": "A report", "file": file, **more}
    return client.post(reverse("document_add", args=[area.one.reference]), form)


GROUPS = {
    "school": ("school", "trust"),
    "advisers": ("psychologist", "health", "social_care", "therapist"),
    "panel": ("panel",),
}
INSIDE = [role for roles in GROUPS.values() for role in roles]


def opens(area: Any, role: str, made: Document) -> bool:
    answer = _PEOPLE["signed_in"](area.people[role]).get(reverse("document", args=[made.pk]))
    answer.getvalue()
    assert answer.status_code in (200, 403)
    return answer.status_code == 200


def who_opens(area: Any, made: Document) -> set[str]:
    return {role for role in area.people if opens(area, role, made)}


EVERYONE_WHO_MUST = {"case_officer", "team_manager", "parent", "young_person"}


def test_what_a_family_sends_is_for_the_officer_and_them_until_they_say_more(area: Any, parent: Client) -> None:
    """UK GDPR article 25(2): by default, personal data are not made accessible to more people without somebody's action."""
    send(parent, area, A_PDF)
    assert who_opens(area, Document.objects.get()) == EVERYONE_WHO_MUST


@pytest.mark.parametrize("group", list(GROUPS))
def test_the_family_lets_in_one_group_and_no_other(area: Any, parent: Client, group: str) -> None:
    send(parent, area, A_PDF, **{group: "on"})
    made = Document.objects.get()
    assert who_opens(area, made) == EVERYONE_WHO_MUST | set(GROUPS[group])
    page = reverse("document_sharing", args=[made.pk])
    assert "checked" in _PAGES["whole"](parent.get(page))
    assert parent.post(page, {"key": "k", "version": "0"}).status_code == 302
    assert who_opens(area, made) == EVERYONE_WHO_MUST
    assert Entry.objects.filter(action="document_shared", case=area.one.reference).exists()


@pytest.mark.parametrize("role", ["school", "psychologist"])
def test_a_list_tells_nothing_of_what_is_not_open(area: Any, parent: Client, role: str) -> None:
    send(parent, area, A_PDF, title="Letter about a hard time at home")
    client = _PEOPLE["signed_in"](area.people[role])
    text = _PAGES["whole"](client.get(reverse("documents", args=[area.one.reference])))
    assert "hard time" not in text
    assert "There may be others" in text


def test_a_document_is_news_to_the_other_side(area: Any, parent: Client, officer: Client) -> None:
    send(parent, area, A_PDF)
    assert [one.kind for one in area.people["case_officer"].notices.all()] == ["family_document"]
    send(officer, area, A_PDF + b"2", for_family="yes")
    send(officer, area, A_PDF + b"3", for_family="no")
    assert [one.kind for one in area.people["parent"].notices.all()] == ["document"]


def test_an_officer_lets_in_with_a_reason_that_the_family_reads(area: Any, parent: Client, officer: Client) -> None:
    send(parent, area, A_PDF)
    made = Document.objects.get()
    page = reverse("document_sharing", args=[made.pk])
    _PAGES["whole"](officer.get(page))
    missing = _PAGES["whole"](officer.post(page, {"key": "k", "version": "0", "advisers": "on"}))
    assert "Enter why" in missing
    assert who_opens(area, made) == EVERYONE_WHO_MUST
    why = "You sent it for the assessment, so the law asks us to."
    assert officer.post(page, {"key": "k", "version": "0", "advisers": "on", "reason": why}).status_code == 302
    assert who_opens(area, made) == EVERYONE_WHO_MUST | set(GROUPS["advisers"])
    text = _PAGES["whole"](parent.get(reverse("family_documents", args=[area.one.reference])))
    assert "Case Officer told you why: You sent it for the assessment" in text
    assert area.people["parent"].notices.filter(kind="opened").exists()
    parent.post(page, {"key": "k", "version": "0"})
    assert opens(area, "psychologist", made), "the family's choice does not undo what the law asks"
    assert why in Entry.objects.filter(action="document_shared").order_by("number")[0].words


def test_nobody_else_says_who_may_open_it(area: Any, parent: Client) -> None:
    send(parent, area, A_PDF, school="on", advisers="on", panel="on")
    page = reverse("document_sharing", args=[Document.objects.get().pk])
    for role in INSIDE:
        assert _PEOPLE["signed_in"](area.people[role]).get(page).status_code == 403


def test_a_family_does_not_say_who_opens_what_others_sent(area: Any, parent: Client, officer: Client) -> None:
    send(officer, area, A_PDF, for_family="yes")
    made = Document.objects.get()
    assert parent.get(reverse("document_sharing", args=[made.pk])).status_code == 403
    assert (
        "Choose who can open it"
        not in parent.get(reverse("family_documents", args=[area.one.reference])).content.decode()
    )


@pytest.mark.parametrize("role", ["school", "psychologist"])
def test_who_sent_a_document_may_open_it_again(area: Any, role: str) -> None:
    send(_PEOPLE["signed_in"](area.people[role]), area, A_PDF)
    assert who_opens(area, Document.objects.get()) == {"case_officer", "team_manager", role}


def test_a_document_from_before_this_was_asked_is_closed_until_an_officer_opens_it(area: Any, officer: Client) -> None:
    made = add(area.one, "a.pdf", A_PDF, title="A", for_family=False, by=area.people["case_officer"])
    made.sharing.delete()
    assert who_opens(area, Document.objects.get()) == {"case_officer", "team_manager"}
    form = {"key": "k", "version": "0", "school": "on", "reason": "They hold the review."}
    officer.post(reverse("document_sharing", args=[made.pk]), form)
    assert opens(area, "school", made)
    assert not opens(area, "psychologist", made)


def test_letting_in_a_group_lets_in_nobody_of_another_child(area: Any, parent: Client) -> None:
    send(parent, area, A_PDF, school="on", advisers="on", panel="on")
    other = _PEOPLE["person"]("school", area.elsewhere, name="other_senco")
    stranger = _PEOPLE["person"]("psychologist", name="other_psychologist")
    for user in (other, stranger):
        assert _PEOPLE["signed_in"](user).get(reverse("document", args=[Document.objects.get().pk])).status_code == 403


def test_an_officer_is_reminded_of_what_advice_givers_must_be_given(area: Any, parent: Client, officer: Client) -> None:
    """SEND Regulations 2014, regulation 6(3), as generally told."""
    send(parent, area, A_PDF)
    page = reverse("documents", args=[area.one.reference])
    assert "regulation 6(3)" not in officer.get(page).content.decode()
    Request.objects.create(case=area.one, adviser="psychologist", asked_of="P", asked_on=date(2026, 5, 4), event=1)
    assert "1 document of the family is not open to the advice givers" in _PAGES["whole"](officer.get(page))
    parent.post(
        reverse("document_sharing", args=[Document.objects.get().pk]), {"key": "k", "version": "0", "advisers": "on"}
    )
    assert "regulation 6(3)" not in officer.get(page).content.decode()
    school = _PEOPLE["signed_in"](area.people["school"])
    assert "regulation 6(3)" not in school.get(page).content.decode()
