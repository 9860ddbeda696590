"""Families: asking, telling us their views, answering a draft, naming a school, delays explained, nothing lost on a time-out."""

from __future__ import annotations

import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from rightplace.casework.states import State
from rightplace.web.advice.models import Request
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, Link, Message
from rightplace.web.family.models import Explained, Said
from rightplace.web.family.rights import AT
from rightplace.web.kept.models import Kept

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
NOW = "2026-05-05T10:00:00+01:00"
DRAFT = (("2026-01-05", "request_received"), ("2026-02-09", "assessment_agreed"), ("2026-04-27", "draft_plan_sent"))
BORN = {"born_day": "2", "born_month": "5", "born_year": "2014"}


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield _PEOPLE["area"]()


@pytest.fixture
def parent(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["parent"])


@pytest.fixture
def officer(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def case_of(area: Any, *steps: Any, **facts: Any) -> Case:
    case = _PEOPLE["make_case"](
        area.people["case_officer"], *steps, forename="Cy", officer=area.people["case_officer"], **facts
    )
    Link.objects.create(case=case, user=area.people["parent"], kind="parent", since=date(2026, 1, 5))
    return case


@pytest.fixture
def drafted(area: Any) -> Case:
    return case_of(area, *DRAFT)


def whole(response: Any) -> str:
    assert response.status_code == 200
    return _PAGES["whole"](response)


def address(name: str, case: Case) -> str:
    return reverse(name, args=[case.reference])


def mark(client: Client, at: str) -> str:
    return re.search(r'name="mark" value="([^"]+)"', client.get(at).content.decode())[1]


@pytest.mark.parametrize("name", ["family_case", "family_rights", "family_documents", "family_views", "family_reply", "family_prefer", "messages", "provision", "school_reviews", "document_add"])  # fmt: skip
def test_every_page_for_families_is_whole_and_quick(
    parent: Client, drafted: Case, area: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    for case in (drafted, area.one):
        with django_assert_max_num_queries(20):
            response = parent.get(address(name, case))
        whole(response)


@pytest.mark.parametrize("name", ["family_said", "family_explain", "messages", "documents", "document_add"])
def test_the_officers_pages_about_families_are_whole(officer: Client, drafted: Case, name: str) -> None:
    whole(officer.get(address(name, drafted)))


def test_where_we_are_says_what_is_next_who_has_it_and_how_to_reach_them(
    parent: Client, drafted: Case, area: Any
) -> None:
    area.people["case_officer"].telephone = "01234 567890"
    area.people["case_officer"].save()
    text = whole(parent.get(address("family_case", drafted)))
    assert "Who has it now: you." in text
    assert "Ring 01234 567890." in text
    # Regulation 13(1): 15 days beginning with the day on which it was served, so 27 April to 11 May.
    assert "until Monday 11 May 2026" in text
    # Regulation 13(2): 20 weeks from 5 January.
    assert "Monday 25 May 2026" in text
    assert "Answer the draft plan" in text
    assert address("family_reply", drafted) in text


def test_a_delay_is_explained_from_the_record_and_then_in_the_officers_words(
    parent: Client, officer: Client, area: Any
) -> None:
    case = case_of(area, ("2026-02-02", "request_received"))
    # Regulation 5(1): six weeks, to 16 March; today is 50 days later.
    first = whole(parent.get(address("family_case", case)))
    assert "This is 50 days late." in first
    assert "We have not yet told you why" in first
    at = address("family_explain", case)
    sent = {"key": "k", "version": "1", "what": "assess_decision|", "text": "Two of us left. Ann Lee reads it this week.",
            "expected_day": "15", "expected_month": "5", "expected_year": "2026"}  # fmt: skip
    assert officer.post(at, sent).status_code == 302
    assert officer.post(at, sent).status_code == 302
    assert Explained.objects.count() == 1
    then = whole(parent.get(address("family_case", case)))
    assert "Two of us left. Ann Lee reads it this week. We now think it will be done by Friday 15 May 2026." in then
    assert "We have not yet told you why" not in then
    assert "Explained a delay." in [row.words for row in Entry.objects.filter(case=case.reference)]


def test_a_parents_request_opens_a_record_at_once_that_nobody_has_yet(area: Any, officer: Client) -> None:
    user = _PEOPLE["person"]("parent", name="new_parent")
    client, at = _PEOPLE["signed_in"](user), reverse("family_ask")
    whole(client.get(at))
    whole(client.get(reverse("family")))
    form = {"key": "ask-1", "version": "0", "forename": "Di", "surname": "Lane", "postcode": "zz1 1aa",
            "school": "Marsh School", "hard": "Reading", "helps": "", **BORN}  # fmt: skip
    assert "Write what is hard." in whole(client.post(at, {**form, "hard": ""}))
    first, again = client.post(at, form), client.post(at, form)
    assert first["Location"] == again["Location"]
    case = Case.objects.get(person__forename="Di")
    assert (case.officer, case.setting, case.plan_state) == (None, None, State.DECIDING.value)
    # Section 36(1) and regulation 5(1): six weeks from the day it came, 5 May.
    assert case.next_due == date(2026, 6, 16)
    assert Said.objects.get(case=case).answers["hard"] == "Reading"
    assert "Di Lane" in officer.get(reverse("cases")).content.decode()
    page = whole(client.get(first["Location"]))
    assert "We must tell you by 16 June 2026" in page
    assert "First we check who you are." in page
    assert client.get(address("family_case", case)).status_code == 403, "nothing opens before an officer has checked"
    twice = whole(client.post(at, {**form, "key": "ask-2"}))
    assert "You have already asked for Di" in twice
    assert Case.objects.filter(person__forename="Di").count() == 1
    assert verify().broken == ()


@pytest.mark.parametrize(
    ("role", "born", "says"),
    [
        # Section 83(2) with section 8 of the Education Act 1996: 16 in 2024/25, so the rights passed on 27 June 2025.
        ("parent", "2009-01-10", "They are now old enough to ask for themselves"),
        ("young_person", "2012-01-10", "a parent or carer must ask"),
        ("young_person", "2001-01-10", "under 25"),
        ("parent", "2026-12-01", "has not come yet"),
    ],
)
def test_who_may_ask_for_whom(area: Any, role: str, born: str, says: str) -> None:
    year, month, day = born.split("-")
    form = {"key": "k", "version": "0", "forename": "Di", "surname": "Lane", "postcode": "ZZ1", "hard": "x",
            "born_day": day, "born_month": month, "born_year": year}  # fmt: skip
    client = _PEOPLE["signed_in"](area.people[role])
    assert says in whole(client.post(reverse("family_ask"), form))
    assert not Case.objects.filter(person__forename="Di").exists()


def test_a_young_person_asks_for_themselves(area: Any) -> None:
    form = {"key": "k", "version": "0", "forename": "Di", "surname": "Lane", "postcode": "ZZ1", "hard": "x",
            "born_day": "10", "born_month": "1", "born_year": "2008"}  # fmt: skip
    response = _PEOPLE["signed_in"](area.people["young_person"]).post(reverse("family_ask"), form)
    case = Case.objects.get(person__forename="Di")
    assert response["Location"] == reverse("family")
    assert case.claims.get().own
    assert not case.links.exists()


def test_an_answer_to_the_draft_is_an_event_with_the_wish_for_a_school(
    parent: Client, drafted: Case, officer: Client
) -> None:
    at = address("family_reply", drafted)
    form = {
        "key": "r",
        "version": "0",
        "text": "Section F is vague.",
        "school": "marsh school",
        "meeting": "yes",
        "complete": "no",
    }
    assert parent.post(at, form).status_code == parent.post(at, form).status_code == 302
    events = list(drafted.events.order_by("number").values_list("kind", "facts"))[3:]
    assert events == [
        ("setting_preferred", {"setting": "Marsh School"}),
        ("representations_received", {"complete": False, "meeting_wanted": True}),
    ]
    assert "Section F is vague." in whole(officer.get(address("family_said", drafted)))
    assert verify().broken == ()


def test_where_there_is_no_draft_the_reason_is_told_and_what_was_written_is_kept(parent: Client, area: Any) -> None:
    at = address("family_prefer", area.one)
    assert "You can do this when you have a draft plan." in whole(parent.get(at))
    told = whole(parent.post(at, {"key": "p", "version": "0", "school": "Hill School", "why": "Near us"}))
    assert "What you wrote is kept" in told
    assert area.one.events.count() == 4
    assert Kept.objects.get().entered["school"] == ["Hill School"]


def test_views_that_were_asked_for_are_advice_and_stop_its_clock(parent: Client, area: Any) -> None:
    case = case_of(area, *DRAFT[:2], ("2026-03-02", "advice_requested", {"adviser": "family"}))
    waiting = Request.objects.create(case=case, adviser="family", asked_of="Parent", asked_on=date(2026, 3, 2), event=3)
    at = address("family_views", case)
    assert "We asked for your views on 2 March 2026" in whole(parent.get(at))
    assert parent.post(at, {"key": "v", "version": "0", "hard": "Noise", "hopes": "A friend"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.needs, waiting.outcomes, waiting.given_on) == ("Noise", "A friend", date(2026, 5, 5))
    assert case.events.filter(kind="advice_received").count() == 1
    assert not case.open_deadlines.filter(rule="advice_return").exists()
    assert Said.objects.get().event == 4


def test_views_are_saved_and_come_back_and_an_empty_form_is_not_sent(parent: Client, drafted: Case) -> None:
    at = address("family_views", drafted)
    assert "Write something in one of the boxes." in whole(parent.post(at, {"key": "v", "version": "0"}))
    assert parent.post(at, {"key": "v", "version": "0", "hard": "Noise", "save": "yes"}).status_code == 302
    assert not Said.objects.exists()
    again = whole(parent.get(at))
    assert "We kept what you wrote on 5 May 2026 at 10:00" in again
    assert ">Noise</textarea>" in again
    parent.post(at, {"key": "v2", "version": "0", "hard": "Noise"})
    assert Said.objects.count() == 1
    assert not Kept.objects.exists()


def test_what_is_sent_after_the_sign_in_ended_is_there_after_signing_in_again(parent: Client, drafted: Case) -> None:
    at = address("family_reply", drafted)
    given = mark(parent, at)
    text = "Three pages about the summer.\r\nThe end."
    late = Client().post(
        at, {"key": "k", "version": "0", "mark": given, "text": text, "meeting": "yes", "complete": "no"}
    )
    assert late.status_code == 302
    assert late["Location"].startswith(reverse("account_login"))
    again = whole(parent.get(at))
    assert "Three pages about the summer." in again
    assert re.search(r'name="meeting"[^>]*value="yes"[^>]*checked', again)


def test_a_form_whose_token_is_too_old_is_kept_too(parent: Client, drafted: Case, area: Any) -> None:
    """Signing in anew in another window changes the token against forged requests: the form left open is then refused."""
    at = address("family_views", drafted)
    given = mark(parent, at)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(area.people["parent"], backend="django.contrib.auth.backends.ModelBackend")
    refused = strict.post(at, {"key": "k", "version": "0", "mark": given, "hard": "An hour of writing"})
    assert refused.status_code == 403
    assert "what you wrote is kept" in _PAGES["whole"](refused)
    assert "An hour of writing" in whole(strict.get(at))
    assert "Nothing was saved" in strict.post(at, {"mark": "x", "hard": "y"}).content.decode()


def test_nobody_else_finds_it_and_a_mark_that_was_made_up_keeps_nothing(
    parent: Client, drafted: Case, area: Any
) -> None:
    at = address("family_views", drafted)
    given = mark(parent, at)
    other = _PEOPLE["person"]("parent", name="other_parent")
    Link.objects.create(case=drafted, user=other, kind="parent", since=date(2026, 1, 5))
    for wrong in (
        "",
        "1:xx:yy",
        given[:-1] + ("A" if given[-1] != "A" else "B"),
        mark(parent, address("family_reply", drafted)),
    ):
        Client().post(at, {"mark": wrong, "hard": "Planted"})
    assert not Kept.objects.exists()
    Client().post(at, {"mark": given, "hard": "Private"})
    assert "Private" not in _PEOPLE["signed_in"](other).get(at).content.decode()
    with time_machine.travel("2026-05-08T10:00:00+01:00", tick=False):
        Client().post(at, {"mark": given, "hard": "Too old a form"})
    assert Kept.objects.get().entered == {"hard": ["Private"]}


def test_the_parents_account_ends_with_the_rights_unless_it_is_kept(area: Any) -> None:
    """Section 83(2); Education Act 1996, section 8: for one born on 2 May 2009, the last Friday in June 2025."""
    case = case_of(area, *DRAFT, born="2009-05-02")
    Link.objects.create(case=case, user=area.people["young_person"], kind="young_person", since=date(2026, 1, 5))
    parent, own = (_PEOPLE["signed_in"](area.people[role]) for role in ("parent", "young_person"))
    assert case.parent_until == date(2025, 6, 27)
    assert parent.get(address("family_case", case)).status_code == 403
    assert parent.post(address("family_views", case), {"hard": "x"}).status_code == 403
    assert parent.get(address("messages", case)).status_code == 403
    text = whole(own.get(address("family_rights", case)))
    assert "You make the choices about your plan." in text
    assert "your child" not in whole(own.get(address("family_case", case))).split("<h2")[1]
    case.links.filter(kind="parent").update(kept=True)
    assert parent.get(address("family_case", case)).status_code == 200


def test_rights_name_the_open_windows_and_the_law(parent: Client, area: Any) -> None:
    case = case_of(area, ("2026-03-02", "request_received"), ("2026-04-13", "assessment_refused"))
    text = whole(parent.get(address("family_rights", case)))
    # SI 2008/2699, rule 20: two months from the decision of 13 April.
    assert "until Saturday 13 June 2026" in text
    assert "You can appeal." in text
    assert "SENDIASS" in text
    assert "After 28 June 2030, your child makes them." in text


def test_a_message_is_sent_once_read_and_answered(parent: Client, officer: Client, drafted: Case) -> None:
    at = address("messages", drafted)
    assert "Write your message." in whole(parent.post(at, {"key": "m", "version": "0", "text": " "}))
    for _ in range(2):
        assert parent.post(at, {"key": "m", "version": "0", "text": "When do we meet?"}).status_code == 302
    assert Message.objects.count() == 1
    inbox = whole(officer.get(reverse("messages_inbox")))
    assert drafted.reference in inbox
    assert "When do we meet?" not in inbox
    assert "When do we meet?" in whole(officer.get(at))
    assert drafted.reference not in whole(officer.get(reverse("messages_inbox")))
    officer.post(at, {"key": "n", "version": "0", "text": "On Friday at 2."})
    assert "Messages (1 new)" in whole(parent.get(address("family_case", drafted)))
    assert "On Friday at 2." in whole(parent.get(at))
    assert "Messages (1 new)" not in whole(parent.get(address("family_case", drafted)))


def test_markup_in_what_a_family_writes_is_shown_as_written(parent: Client, officer: Client, drafted: Case) -> None:
    parent.post(address("family_views", drafted), {"key": "v", "version": "0", "hard": "<script>alert(1)</script>"})
    text = whole(officer.get(address("family_said", drafted)))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_each_right_cites_an_act_or_a_regulation() -> None:
    for found in AT.values():
        for right in found:
            assert re.fullmatch(
                r"(Children and Families Act|SEND Regulations) 2014, (section|regulation) \d+.*", right.basis
            )


FOLDER = Path(__file__).parents[2] / "src" / "rightplace" / "web"
TEMPLATES = [
    *(FOLDER / "family" / "jinja2" / "family" / f"{name}.html" for name in ("where_we_are", "choose", "ask", "views", "reply", "prefer", "documents", "rights")),
]  # fmt: skip


def sentences(text: str) -> list[str]:
    """The sentences of a template's own words."""
    plain = re.sub(r"\{%-?.*?-?%\}|\{#.*?#\}", " ", text, flags=re.S)
    plain = re.sub(r"\{\{.*?\}\}", "X", plain, flags=re.S)
    plain = re.sub(r"</(p|li|h\d|a|span)>", ". ", plain)
    plain = re.sub(r"<[^>]+>", " ", plain)
    return [one.strip() for one in re.split(r"[.!?:]\s", plain) if len(one.split()) > 1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_sentences_for_families_are_short(path: Path) -> None:
    """The GOV.UK style guide: sentences of at most 25 words, for a reading age of 9 to 11."""
    found = sentences(path.read_text(encoding="utf-8"))
    assert len(found) > 3
    assert [one for one in found if len(one.split()) > 25] == []


def test_words_of_rights_are_short_and_never_say_case() -> None:
    for right in [right for found in AT.values() for right in found]:
        for one in right.words.split(". "):
            assert len(one.split()) <= 20, one
        assert not re.search(r"\bcase\b", right.words.replace("case officer", ""))
    for path in TEMPLATES:
        words = " ".join(sentences(path.read_text(encoding="utf-8"))).replace("case officer", "")
        assert not re.search(r"\bcase\b", words), path.stem
