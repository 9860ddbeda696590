"""The registers: what each asks for by law or return, totals and files, conflicts, and the history of an entry."""

from __future__ import annotations

import csv
import io
import runpy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from rightplace.web.audit.models import Entry as LogRow
from rightplace.web.registers.models import Alternative, Budget, Contract, Package, Saving
from rightplace.web.registers.register import REGISTERS

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
day = _PEOPLE["day"]


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel("2026-05-04T12:00:00+01:00", tick=False):
        yield _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def a_day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), text.split("-"), strict=True))


def placement(area: Any, **more: str) -> dict[str, str]:
    return {
        "key": "p1", "version": "0", "setting": str(area.school.pk), "kind": "special_state", "payer": "authority",
        "top_up": "£12,345.67", "price": "10000", "source": "Contract of 1 September 2025", **a_day("starts", "2025-09-01"),
        **more,
    }  # fmt: skip


BUDGET = {
    "key": "b1", "version": "0", "occasion": "draft", "decision": "agreed", "how": "direct", "pays_for": "E",
    "recipient": "A parent", "amount": "4800", **a_day("asked_on", "2026-02-02"), **a_day("decided_on", "2026-03-02"),
    **a_day("starts", "2026-04-01"),
}  # fmt: skip
PACKAGE = {
    "key": "o1", "version": "0", "inappropriate": "No school can meet these needs.", "provision": "Tuition at home.",
    "cost": "31000", "hours": "15", **a_day("starts", "2026-04-01"), **a_day("review_on", "2026-05-20"),
}  # fmt: skip
STAY = {
    "key": "a1", "version": "0", "provider": "River Farm", "status": "not_registered", "commissioner": "school",
    "reason": "directed", "hours": "20", "cost": "9000", **a_day("starts", "2026-04-13"),
}  # fmt: skip


def add(client: Client, area: Any, name: str, form: dict[str, str]) -> Any:
    return client.post(reverse("register_add", args=[name, area.one.reference]), form)


def test_a_placement_is_kept_with_its_price_in_parts(area: Any, officer: Client) -> None:
    assert add(officer, area, "placements", placement(area)).status_code == 302
    assert add(officer, area, "placements", placement(area)).status_code == 302, "sent twice"
    made = Contract.objects.get()
    assert (made.price, made.top_up, made.transport) == (Decimal("10000"), Decimal("12345.67"), None)
    assert made.setting == area.school
    page = _PAGES["whole"](officer.get(reverse("registers_case", args=[area.one.reference])))
    assert "Marsh School" in page
    assert "running now" in page


def test_totals_say_what_is_not_known_and_nothing_unknown_counts_as_nothing(area: Any, officer: Client) -> None:
    add(officer, area, "placements", placement(area))
    add(officer, area, "placements", placement(area, key="p2", price="", top_up="654.33", transport="0"))
    add(officer, area, "placements", placement(area, key="p3", **a_day("ends", "2025-12-31")))
    page = _PAGES["whole"](officer.get(reverse("register", args=["placements"])))
    assert "Price: £10,000 a year, and not known for 1." in page
    assert "Top-up: £13,000 a year." in page
    assert "Transport: £0 a year, and not known for 1." in page
    assert "not known" in page
    ended = officer.get(reverse("register", args=["placements"]), {"show": "ended"}).content.decode()
    assert "Price: £10,000 a year." in ended
    assert "Transport: not known for any of them." in ended


def test_the_file_holds_what_the_list_shows_and_no_formula(area: Any, officer: Client) -> None:
    add(officer, area, "placements", placement(area, contract="=1+1"))
    add(officer, area, "placements", placement(area, key="p3", **a_day("ends", "2025-12-31")))
    answer = officer.get(reverse("register_file", args=["placements"]))
    assert answer.headers["Content-Type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["Reference"] == area.one.reference
    assert row["Top-up, £ a year"] == "12345.67"
    assert row["From"] == "2025-09-01"
    assert row["Contract"] == "'=1+1"
    assert LogRow.objects.filter(action="export", words__contains="Placements").exists()


@pytest.mark.parametrize(
    ("name", "form", "changed", "said"),
    [
        ("budgets", BUDGET, {"decision": "refused", "starts_day": "", "starts_month": "", "starts_year": ""}, "Enter the reasons"),
        ("budgets", BUDGET, {"decision": "waiting"}, "Nothing is paid before it is agreed"),
        ("budgets", BUDGET, {"recipient": ""}, "Enter who receives the direct payments"),
        ("budgets", BUDGET, {"pays_for": ""}, "the return asks for it"),
        ("budgets", BUDGET, {"decided_on_year": "2025"}, "decided before it was asked"),
        ("budgets", BUDGET, {"amount": "lots"}, "Enter pounds as a number"),
        ("budgets", BUDGET, {"amount": "-1"}, "Enter 0 or more"),
        ("budgets", BUDGET, {"amount": "NaN"}, "Enter pounds as a number"),
        ("budgets", BUDGET, {"amount": "1e400"}, "Enter"),
        ("otherwise", PACKAGE, {"inappropriate": ""}, "Enter why a school or college would be inappropriate"),
        ("otherwise", PACKAGE, {"hours": "169"}, "A week has 168 hours"),
        ("otherwise", PACKAGE, a_day("ends", "2026-03-01"), "It ends before it starts"),
        ("alternative", STAY, {"status": "registered"}, "Enter the URN"),
        ("alternative", STAY, {"urn": "12345x"}, "A URN has six figures"),
        ("alternative", STAY, {"reason": "because"}, "Select one of the list"),
        ("alternative", STAY, {"starts_month": "13"}, "There is no such day"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_told_at_its_place(
    area: Any, officer: Client, name: str, form: dict[str, str], changed: dict[str, str], said: str
) -> None:
    answer = add(officer, area, name, {**form, **changed})
    assert answer.status_code == 200
    text = _PAGES["whole"](answer)
    assert said in text
    assert "<title>Error: " in text
    assert not Saving.objects.exists()


def test_a_placement_needs_a_setting_or_a_name_and_a_price_its_source(area: Any, officer: Client) -> None:
    text = add(officer, area, "placements", placement(area, setting="", source="")).content.decode()
    assert "Select the setting, or enter its name." in text
    assert "Enter where the price comes from." in text
    assert add(officer, area, "placements", placement(area, setting="", setting_name="Far School")).status_code == 302
    assert Contract.objects.get().where == "Far School"


def test_direct_payments_ask_for_an_agreement_and_a_first_review_within_three_months(
    area: Any, officer: Client
) -> None:
    """SEN (Personal Budgets) Regulations 2014: payments from 1 April are first reviewed by 1 July."""
    add(officer, area, "budgets", BUDGET)
    made = Budget.objects.get()
    assert made.first_review_by == day("2026-07-01")
    assert len(made.doubts(day("2026-05-04"))) == 2
    made.how = "arranged"
    assert made.first_review_by is None
    assert made.doubts(day("2026-05-04")) == []


def test_otherwise_than_at_school_asks_whether_the_family_was_consulted(area: Any, officer: Client) -> None:
    """Children and Families Act 2014, section 61(3): consult before deciding."""
    add(officer, area, "otherwise", PACKAGE)
    made = Package.objects.get()
    assert made.doubts(day("2026-05-04")) == [
        "The family must be consulted first (section 61(3)), and no day is on record."
    ]
    shown = officer.get(reverse("register", args=["otherwise"]), {"show": "review"}).content.decode()
    assert "section 61(3)" in shown, "its review is due in the next 30 days"
    assert "The review is late." in made.doubts(day("2026-05-21"))


def test_a_full_week_at_a_provider_that_is_not_registered_is_pointed_out(area: Any, officer: Client) -> None:
    """A provider of full-time education for one child with a plan must register (Education and Skills Act 2008, section 92)."""
    add(officer, area, "alternative", STAY)
    made = Alternative.objects.get()
    assert any("may have to register" in doubt for doubt in made.doubts(day("2026-05-04")))
    made.hours = Decimal(18)
    assert not any("may have to register" in doubt for doubt in made.doubts(day("2026-05-04")))
    made.status = "registered"
    assert made.doubts(day("2026-05-04")) == ["No review is set."]


def test_every_saving_is_kept_and_the_log_says_what_changed(area: Any, officer: Client) -> None:
    add(officer, area, "placements", placement(area))
    page = reverse("register_entry", args=["placements", Contract.objects.get().pk])
    assert officer.post(page, placement(area, key="p2", version="1", top_up="13000")).status_code == 302
    made = Contract.objects.get()
    assert (made.top_up, made.revision) == (Decimal(13000), 2)
    text = _PAGES["whole"](officer.get(page))
    assert "Every saving of this entry (2)" in text
    assert "Top-up: 12345.67" in text
    assert "Top-up: 13000" in text
    assert "Changed: top up." in LogRow.objects.filter(action="register").order_by("-number")[0].words


def test_the_loser_of_a_conflict_sees_both_and_loses_nothing(area: Any, officer: Client) -> None:
    add(officer, area, "placements", placement(area))
    page = reverse("register_entry", args=["placements", Contract.objects.get().pk])
    manager = _PEOPLE["signed_in"](area.people["team_manager"])
    assert manager.post(page, placement(area, key="m", version="1", top_up="1")).status_code == 302
    lost = officer.post(page, placement(area, key="o", version="1", top_up="2"))
    assert lost.status_code == 409
    text = _PAGES["whole"](lost)
    assert "Somebody saved this since you opened it" in text
    assert 'value="2"' in text
    assert Contract.objects.get().top_up == 1
    assert officer.post(page, placement(area, key="o2", version="2", top_up="2")).status_code == 302
    assert Contract.objects.get().top_up == 2


def test_a_mistake_is_taken_out_of_lists_and_totals_and_stays_on_record(area: Any, officer: Client) -> None:
    add(officer, area, "placements", placement(area))
    page = reverse("register_entry", args=["placements", Contract.objects.get().pk])
    assert officer.post(page, placement(area, key="p2", version="1", mistaken="on")).status_code == 302
    assert (
        "There is nothing to show"
        in officer.get(reverse("register", args=["placements"]), {"show": "all"}).content.decode()
    )
    assert Saving.objects.count() == 2


@pytest.mark.parametrize("register", [one.name for one in REGISTERS])
def test_pages_are_whole_with_and_without_entries(area: Any, officer: Client, register: str) -> None:
    where = (("register", [register]), ("register_add", [register, area.one.reference]), ("registers", []))
    for name, values in where:
        _PAGES["whole"](officer.get(reverse(name, args=values)))
    form = {"placements": placement(area), "budgets": BUDGET, "otherwise": PACKAGE, "alternative": STAY}[register]
    assert add(officer, area, register, form).status_code == 302
    found = next(one for one in REGISTERS if one.name == register).model.objects.get()
    for name, values in (
        ("register", [register]),
        ("register_entry", [register, found.pk]),
        ("register_file", [register]),
    ):
        answer = officer.get(reverse(name, args=values), {"show": "all", "mine": "1", "page": "x"})
        assert answer.status_code == 200
        if name != "register_file":
            _PAGES["whole"](answer)
    assert officer.get(reverse("register_entry", args=["nothing", 1])).status_code == 404
    assert officer.get(reverse("register", args=["nothing"])).status_code == 404


def test_a_list_makes_few_queries_however_long(area: Any, officer: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        add(officer, area, "placements", placement(area, key=f"p{number}"))
    for name, values in (
        ("register", ["placements"]),
        ("registers_case", [area.one.reference]),
        ("register_file", ["placements"]),
    ):
        with django_assert_max_num_queries(20):
            assert officer.get(reverse(name, args=values)).status_code == 200


def test_looking_is_noted(area: Any, officer: Client) -> None:
    officer.get(reverse("registers_case", args=[area.one.reference]))
    assert "what the registers hold of Ada Marsh" in LogRow.objects.order_by("-number")[0].words
