"""Schools, trusts and services: an administrator enters a school that opens; its people and cases can then have it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.web.accounts.models import Organisation
from rightplace.web.audit.models import Entry

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
SCHOOL = {
    "key": "k", "version": "0", "kind": "setting", "code": "149999", "name": "New Hill School", "setting_kind": "mainstream",
}  # fmt: skip


@pytest.fixture
def administrator(db: None) -> Client:
    return _PEOPLE["signed_in"](_PEOPLE["area"]().people["administrator"])


def test_a_school_that_opens_can_be_given_to_a_person(administrator: Client) -> None:
    assert administrator.post(reverse("organisation_add"), SCHOOL).status_code == 302
    held = Organisation.objects.get(code="149999")
    assert (held.name, held.kind, held.setting_kind, held.trust) == ("New Hill School", "setting", "mainstream", None)
    assert "New Hill School" in _PAGES["whole"](administrator.get(reverse("organisations"), {"words": "hill"}))
    assert f'value="{held.pk}"' in _PAGES["whole"](administrator.get(reverse("account_add")))
    assert "Entered New Hill School (149999)" in Entry.objects.filter(action="organisations").get().words


def test_it_joins_a_trust_and_the_log_says_so(administrator: Client) -> None:
    administrator.post(reverse("organisation_add"), {**SCHOOL, "key": "a"})
    administrator.post(
        reverse("organisation_add"), {"key": "b", "version": "0", "kind": "trust", "code": "T-1", "name": "Hills Trust"}
    )
    school, trust = Organisation.objects.get(code="149999"), Organisation.objects.get(code="T-1")
    page = reverse("organisation_change", args=[school.pk])
    given = {"key": "c", "version": "0", "name": school.name, "setting_kind": "mainstream", "trust": str(trust.pk)}
    assert administrator.post(page, given).status_code == 302
    school.refresh_from_db()
    assert (school.trust, school.code) == (trust, "149999")
    assert "trust from “none” to “Hills Trust”" in Entry.objects.filter(action="organisations").order_by("-pk")[0].words
    count = Entry.objects.filter(action="organisations").count()
    administrator.post(page, {**given, "key": "d"})
    assert Entry.objects.filter(action="organisations").count() == count


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name."),
        ({"code": "1 2"}, "Use 2 to 40 letters"),
        ({"setting_kind": ""}, "Select the kind of setting."),
        ({"setting_kind": "castle"}, "among those shown."),
        ({"kind": "trust"}, "Only a school, college or other setting has one."),
        ({"kind": ""}, "Select what it is."),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_entered(
    administrator: Client, wrong: dict[str, str], said: str
) -> None:
    answer = administrator.post(reverse("organisation_add"), {**SCHOOL, **wrong})
    assert said in _PAGES["whole"](answer)
    assert not Organisation.objects.filter(name="New Hill School").exists()


def test_a_code_belongs_to_one(administrator: Client) -> None:
    administrator.post(reverse("organisation_add"), {**SCHOOL, "code": "ab-1"})
    answer = administrator.post(
        reverse("organisation_add"), {**SCHOOL, "key": "again", "code": "AB-1", "name": "Other"}
    )
    assert "New Hill School has this code." in _PAGES["whole"](answer)
    assert not Organisation.objects.filter(name="Other").exists()
