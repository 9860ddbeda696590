"""Who says that a child is theirs: nothing opens before an officer has said how it was checked, and nobody has two records.

UK GDPR, article 5(1)(f): personal data is kept safe from those it is not for. The six weeks run from the day of receipt whoever
looks at it (SEND Regulations 2014, regulation 5(1)): from Tuesday 5 May 2026 to 16 June.
"""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, Document, Person
from rightplace.web.family.models import Said
from rightplace.web.intake.models import Claim, Intake

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
ASK = {"key": "ask", "version": "0", "forename": "ada", "surname": "MARSH", "postcode": "ZZ1 1AA", "hard": "Reading",
       "born_day": "2", "born_month": "5", "born_year": "2014"}  # fmt: skip
REQUEST = {
    "key": "r1", "version": "0", "forename": "Ada", "surname": "Marsh", "born_day": "2", "born_month": "5",
    "born_year": "2014", "postcode": "", "upn": "", "setting": "", "source": "2", "asked_by": "Head", "reach": "",
    "how": "letter", "received_day": "4", "received_month": "5", "received_year": "2026", "reason": "", "officer": "",
}  # fmt: skip
REFUSED = (("2025-10-06", "request_received"), ("2025-11-10", "assessment_refused"))


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel("2026-05-05T10:00:00+01:00", tick=False):
        made = _PEOPLE["area"]()
        made.stranger = _PEOPLE["person"]("parent", name="stranger")
        yield made


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


@pytest.fixture
def known(area: Any) -> Case:
    """A record of a child with the same name and birthday, in which a new request may be made."""
    Case.objects.filter(pk=area.one.pk)
    Person.objects.filter(pk=area.one.person_id).update(forename="Zoe")
    return _PEOPLE["make_case"](area.people["case_officer"], *REFUSED, forename="Ada")


def _ask(area: Any, **more: str) -> Claim:
    asker = _PEOPLE["signed_in"](area.stranger)
    assert asker.post(reverse("family_ask"), ASK | more).status_code == 302
    return Claim.objects.get()


def _decide(client: Any, claim: Claim, **more: str) -> Any:
    form = {"key": "d", "version": "0", "answer": "confirm", "same_as": "none", "how": "Rang the school."} | more
    return client.post(reverse("claim", args=[claim.pk]), form)


def _can_see(area: Any, case: Case) -> bool:
    client = _PEOPLE["signed_in"](area.stranger)
    pages = ("family_case", "family_documents", "family_rights", "messages", "provision", "exemptions_told")
    opened = {client.get(reverse(name, args=[case.reference])).status_code == 200 for name in pages}
    assert len(opened) == 1
    return opened.pop()


def test_a_stranger_who_names_a_known_child_sees_nothing_of_either_record(area: Any, known: Case) -> None:
    claim = _ask(area)
    page = whole(_PEOPLE["signed_in"](area.stranger).get(reverse("family")))
    assert "We must tell you by 16 June 2026" in page
    assert known.reference not in page
    assert claim.case.reference not in page
    assert not _can_see(area, claim.case)
    assert not _can_see(area, known)
    assert claim.case.next_due == date(2026, 6, 16), "the clock runs whoever they are"


def test_the_officer_is_shown_who_is_alike_and_must_say_how_it_was_checked(
    area: Any, known: Case, officer: Any
) -> None:
    claim = _ask(area)
    assert "ada MARSH" in whole(officer.get(reverse("claims")))
    page = whole(officer.get(reverse("claim", args=[claim.pk])))
    assert known.reference in page
    assert "Reading" in page
    for more, words in (({"how": " "}, "Enter how you checked"), ({"same_as": ""}, "Select whether it is one"),
                        ({"answer": ""}, "Select whether they are"), ({"same_as": "R999999"}, "among those shown")):  # fmt: skip
        assert words in whole(_decide(officer, claim, **more))
    assert not _can_see(area, claim.case)


def test_confirmed_as_somebody_new_the_record_opens_once(area: Any, known: Case, officer: Any) -> None:
    claim = _ask(area)
    assert [_decide(officer, claim).status_code for _ in range(2)] == [302, 200]
    assert claim.case.links.get().note == "Checked by Case Officer: Rang the school."
    assert _can_see(area, claim.case)
    assert not _can_see(area, known)
    assert Entry.objects.filter(action="claim_confirmed").count() == 1
    assert "decided this already" in whole(_decide(officer, claim))


def test_the_same_child_is_joined_to_the_record_there_was(
    area: Any, known: Case, officer: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    claim = _ask(area)
    opened = claim.case
    Document.objects.create(
        case=opened, title="Report", name="r.txt", kind="text/plain", size=3, sha256="0" * 64,
        file=ContentFile(b"abc", name="x"), added_by="x", added_at=clock.now(),
    )  # fmt: skip
    assert _decide(officer, claim, same_as=known.reference).status_code == 302
    for case in (known, opened):
        case.refresh_from_db()
    assert known.next_due == date(2026, 6, 16), "from the day it was received, in the record there was"
    assert (opened.ended, opened.next_due) == (True, None)
    assert "Reading" in str(Said.objects.get(case=known).answers)
    assert known.documents.get().title == "Report"
    assert _can_see(area, known)
    assert not _can_see(area, opened)
    assert verify().broken == ()
    assert opened.reference not in officer.get(reverse("cases")).content.decode()


def test_where_an_assessment_is_under_way_the_request_is_not_counted_twice(area: Any, officer: Any) -> None:
    """Section 36(6): the duty to consider does not bite where there is a plan. What was said is kept all the same."""
    claim = _ask(area)
    response = _decide(officer, claim, same_as=area.one.reference)
    assert "was not recorded anew" in whole(officer.get(response["Location"]))
    area.one.refresh_from_db()
    assert area.one.events.count() == 4
    assert Said.objects.filter(case=area.one).exists()


def test_a_record_in_which_more_happened_is_not_joined(area: Any, known: Case, officer: Any) -> None:
    claim = _ask(area)
    agreed = _PEOPLE["EVENTS"]["assessment_agreed"](day=date(2026, 5, 5))
    _PEOPLE["record"](claim.case, agreed, by=area.people["case_officer"], version=claim.case.version)
    assert "cannot be joined here" in whole(_decide(officer, claim, same_as=known.reference))
    claim.refresh_from_db()
    assert claim.state == "waiting"
    assert not _can_see(area, known)


def test_refused_the_request_stands_and_the_record_stays_closed(area: Any, known: Case, officer: Any) -> None:
    claim = _ask(area)
    assert _decide(officer, claim, answer="refuse", how="The number is not theirs.").status_code == 302
    assert not _can_see(area, claim.case)
    claim.case.refresh_from_db()
    assert claim.case.plan_state == "deciding"
    page = whole(_PEOPLE["signed_in"](area.stranger).get(reverse("family")))
    assert "We could not check who you are" in page
    assert "The number is not theirs." not in page


def test_a_request_on_paper_for_somebody_known_goes_into_their_record(area: Any, known: Case, officer: Any) -> None:
    page = whole(officer.post(reverse("intake"), REQUEST | {"different": "", "known": ""}))
    assert "Somebody alike is known" in page
    assert f'value="{known.reference}"' in page
    before = Case.objects.count()
    for _ in range(2):
        assert officer.post(reverse("intake"), REQUEST | {"known": known.reference}).status_code == 302
    assert Case.objects.count() == before
    known.refresh_from_db()
    assert known.next_due == date(2026, 6, 15), "six weeks from Monday 4 May"
    assert Intake.objects.get(case=known).asked_by == "Head"


def test_a_record_that_the_page_did_not_offer_is_not_taken(area: Any, known: Case, officer: Any) -> None:
    response = officer.post(reverse("intake"), REQUEST | {"known": "R999999", "different": ""})
    assert "Say whether this is one of the people shown" in whole(response)
    assert not Intake.objects.exists()


def test_an_officer_opens_a_record_to_an_account_and_closes_it(area: Any, officer: Any) -> None:
    at = reverse("family_accounts", args=[area.other.reference])
    form = {"key": "a", "version": "0", "username": "Stranger", "how": "Saw a passport."}
    for more, words in (({"how": ""}, "Enter how you checked"), ({"username": "nobody"}, "No parent or young person"),
                        ({"username": "planner"}, "No parent or young person"), ({"how": "x" * 181}, "Use 180 letters")):  # fmt: skip
        assert words in whole(officer.post(at, form | more))
    for _ in range(2):
        assert officer.post(at, form).status_code == 302
    link = area.other.links.get()
    assert link.note == "Checked by Case Officer: Saw a passport."
    assert "Saw a passport." in whole(officer.get(at))
    assert _can_see(area, area.other)
    assert officer.post(at, {"close": str(area.one.links.first().pk)}).status_code == 302
    assert area.one.links.filter(until__isnull=False).count() == 0, "a link of another record"
    assert officer.post(at, {"close": str(link.pk)}).status_code == 302
    assert not _can_see(area, area.other)


def test_the_pages_hold_to_the_rules(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    claim = _ask(area)
    for address in (
        reverse("claims"),
        reverse("claim", args=[claim.pk]),
        reverse("family_accounts", args=[area.one.reference]),
    ):
        with django_assert_max_num_queries(20):
            whole(officer.get(address))
    assert Entry.objects.filter(action="read", words__contains="who says that").count() == 1
