"""A plan that moves between authorities: the pack made, read and taken in, with the days of regulation 15.

Worked from the regulation (SI 2014/1530, regulation 15): a plan transferred on Monday 2 March 2026 is told of within six weeks,
by 13 April; it was made on 19 May 2025, so it is reviewed by the later of 18 May 2026 (12 months beginning with 19 May 2025) and
1 June 2026 (3 months beginning with the transfer). The oracle of what a hostile file must not do is CWE-22 (path traversal),
CWE-409 (data amplification) and CWE-400.
"""

from __future__ import annotations

import hashlib
import io
import json
import runpy
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.errors import DataError
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, Document, Person
from rightplace.web.plans import save as plans
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.written import seal_of, to_json
from rightplace.web.return_items.save import answers
from rightplace.web.transfer_pack import read as reading
from rightplace.web.transfer_pack.models import PackIn
from rightplace.web.transfer_pack.out import make
from rightplace.web.transfer_pack.read import read

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]


@pytest.fixture
def area(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    settings.AUTHORITY_NAME = "Old Council"
    with time_machine.travel("2026-05-05T10:00:00+01:00", tick=False):
        made = _PEOPLE["area"]()
        officer = made.people["case_officer"]
        outcome = plans.add_part(made.one, "E", {"text": "Retells a story."}, by=officer)
        plans.add_part(
            made.one, "F", {"text": "Speech therapy.", "how_much": "30 minutes"}, [outcome.number], by=officer
        )
        entries = plans.in_hand(made.one)
        PlanVersion.objects.create(
            case=made.one, number=1, kind="final_plan_issued", day=date(2025, 5, 19), event=4, content=to_json(entries),
            seal=seal_of(entries), recorded_by="x", recorded_at=clock.now(),
        )  # fmt: skip
        for title, content in (("Letter", b"%PDF-1.7 a"), ("A program", b"MZ\x00\x01")):
            Document.objects.create(
                case=made.one, title=title, name=f"{title}.pdf", kind="application/pdf", size=len(content), sha256="0" * 64,
                file=ContentFile(content, name="x"), for_family=True, added_by="x", added_at=clock.now(),
            )  # fmt: skip
        yield made


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _pack(area: Any, *, documents: bool = True) -> bytes:
    return make(area.one, by=area.people["case_officer"], documents=documents)


def _changed(content: bytes, *, record: dict[str, Any] | None = None, text: str | None = None, **files: bytes) -> bytes:
    """A pack with its record changed, or other files in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in held.namelist():
            if name == "case.json":
                said = json.loads(held.read(name)) | (record or {})
                out.writestr(name, text if text is not None else json.dumps(said))
            elif name not in files:
                out.writestr(name, held.read(name))
        for name, body in files.items():
            out.writestr(name, body)
    return made.getvalue()


def _send(client: Any, content: bytes) -> Any:
    file = SimpleUploadedFile("pack.zip", content, content_type="application/zip")
    return client.post(reverse("packs"), {"key": "s", "version": "0", "file": file})


def _elsewhere(area: Any) -> None:
    """As if this were the new authority, which does not know the child."""
    Person.objects.filter(pk=area.one.person_id).update(forename="Olga", surname="Old", born=date(2011, 1, 1))
    Person.objects.filter(pk=area.other.person_id).update(forename="Otto", surname="Old", born=date(2011, 1, 1))


def _take(client: Any, pack: PackIn, when: str = "2026-03-02", **more: str) -> Any:
    year, month, day = when.split("-")
    form = {"key": f"t{pack.pk}", "version": "0", "transferred_day": day, "transferred_month": month,
            "transferred_year": year, "officer": ""} | more  # fmt: skip
    return client.post(reverse("pack", args=[pack.pk]), form)


def test_the_pack_goes_out_and_is_noted(area: Any, officer: Any) -> None:
    at = reverse("pack_out", args=[area.one.reference])
    assert "first made on 19 May 2025" in whole(officer.get(at))
    response = officer.post(at, {"key": "k", "version": "0", "documents": "yes"})
    assert response["Content-Disposition"] == f'attachment; filename="{area.one.reference}-transfer.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as held:
        said = json.loads(held.read("case.json"))
        assert {name.split("/")[0] for name in held.namelist()} == {"README.txt", "case.json", "documents"}
    assert (said["format"], said["version"]) == ("rightplace-transfer-pack", 1)
    assert [one["event"] for one in said["events"]] == [
        "request_received", "assessment_agreed", "draft_plan_sent", "final_plan_issued",
    ]  # fmt: skip
    assert said["plan"]["versions"][0]["entries"][1]["ties"] == [1]
    assert "Ben" not in json.dumps(said)
    assert Entry.objects.filter(action="transfer_pack", case=area.one.reference).count() == 1


def test_a_record_with_no_plan_has_no_pack(area: Any, officer: Any) -> None:
    case = _PEOPLE["make_case"](area.people["case_officer"], ("2026-03-02", "request_received"), forename="Cy")
    at = reverse("pack_out", args=[case.reference])
    assert "nothing to pass on" in whole(officer.get(at))
    assert "nothing to transfer" in whole(officer.post(at, {"key": "k", "version": "0", "documents": "no"}))


def test_a_pack_begins_a_case_with_the_days_of_regulation_15(
    area: Any, officer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    content = _pack(area)
    _elsewhere(area)
    assert _send(officer, content).status_code == 302
    held = PackIn.objects.get()
    page = whole(officer.get(reverse("pack", args=[held.pk])))
    assert "Plan first made" in page
    assert "“A program” is of no kind that is taken" in page
    with django_capture_on_commit_callbacks(execute=True):
        response = _take(officer, held)
    held.refresh_from_db()
    case = held.case
    assert response["Location"] == reverse("case", args=[case.reference])
    due = {row.rule: row.due for row in case.open_deadlines.all()}
    assert (due["move_notify"], due["move_review"]) == (date(2026, 4, 13), date(2026, 6, 1))
    assert (str(case.person), case.plan_state, case.setting) == ("Ada Marsh", "in_force", area.school)
    f, e = sorted(plans.in_hand(case), key=lambda entry: entry.section, reverse=True)
    assert (f.text, f.ties, e.text) == ("Speech therapy.", (e.number,), "Retells a story.")
    assert case.plan_versions.get().kind == "final_plan_issued"
    assert sorted(case.documents.values_list("title", flat=True)) == [
        "Letter", "Record of Old Council", "Transfer pack of Old Council",
    ]  # fmt: skip
    assert answers(case).values["first_made"] == "2025-05-19"
    assert answers(case).values["transfer_la"] == "XXX"
    assert not held.file.storage.exists(held.file.name)
    assert officer.get(reverse("pack", args=[held.pk])).status_code == 404, "it is taken in once"
    assert verify().broken == ()


def test_a_child_who_comes_back_goes_on_in_the_record_there_was(area: Any, officer: Any) -> None:
    content = _pack(area, documents=False)
    out = _PEOPLE["EVENTS"]["move_out_learned"](day=date(2026, 2, 2), moves_on=date(2026, 2, 16))
    gone = _PEOPLE["EVENTS"]["plan_transferred"](day=date(2026, 2, 16))
    for event in (out, gone):
        area.one.refresh_from_db()
        _PEOPLE["record"](area.one, event, by=area.people["case_officer"], version=area.one.version)
    _send(officer, content)
    held = PackIn.objects.get()
    assert area.one.reference in whole(officer.get(reverse("pack", args=[held.pk])))
    assert "Select whether it is one" in whole(_take(officer, held))
    before = Case.objects.count()
    assert _take(officer, held, same_as=area.one.reference).status_code == 302
    area.one.refresh_from_db()
    assert (Case.objects.count(), area.one.plan_state) == (before, "in_force")


def test_what_the_law_does_not_allow_is_told_and_the_pack_waits(area: Any, officer: Any) -> None:
    content = _pack(area, documents=False)
    _send(officer, content)
    held = PackIn.objects.get()
    assert "after the day of transfer" in whole(_take(officer, held, "2025-01-06", same_as="none"))
    assert "has not come yet" in whole(_take(officer, held, "2099-01-06", same_as="none"))
    assert "cannot be recorded" in whole(_take(officer, held, same_as=area.one.reference)), "a plan is in force there"
    assert PackIn.objects.get().state == "waiting"
    assert Case.objects.count() == 2


def test_a_pack_can_be_left(area: Any, officer: Any, django_capture_on_commit_callbacks: Any) -> None:
    _send(officer, _pack(area, documents=False))
    held = PackIn.objects.get()
    assert _send(officer, _pack(area, documents=False)).status_code == 302
    assert PackIn.objects.count() == 1, "the same pack sent twice waits once"
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(reverse("pack", args=[held.pk]), {"drop": "1"}).status_code == 302
    assert not held.file.storage.exists(held.file.name)
    assert Case.objects.count() == 2


def _zip(*files: tuple[str, bytes], flags: int = 0) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in files:
            out.writestr(name, body)
    return made.getvalue()


def _lies() -> bytes:
    """A file that says it is small and is not."""
    made = bytearray(_zip(("case.json", b"0" * 6_000_000)))
    real, small = (6_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    return bytes(made).replace(real, small)


HOSTILE = {
    "not a zip": (b"hello", "no ZIP file"),
    "cut short": (_zip(("case.json", b"{}"))[:-30], "no ZIP file"),
    "no record": (_zip(("README.txt", b"x")), "no case.json"),
    "climbs out": (_zip(("../../etc/passwd", b"x"), ("case.json", b"{}")), "outside it"),
    "from the root": (_zip(("/etc/passwd", b"x"), ("case.json", b"{}")), "outside it"),
    "by drive": (_zip(("C:evil", b"x"), ("case.json", b"{}")), "outside it"),
    "many files": (_zip(*[(f"documents/{n}", b"") for n in range(501)]), "501 files"),
    "bomb": (_zip(*[(f"documents/{n}", b"0" * 8_000_000) for n in range(8)]), "too big once it is unpacked"),
    "big record": (_zip(("case.json", b" " * 5_300_000)), "bigger than is taken"),
    "lies of its size": (_lies(), "damaged"),
    "not text": (_zip(("case.json", b"\xff\xfe\x00")), "not text"),
    "not JSON": (_zip(("case.json", b"{")), "not JSON"),
    "deep": (_zip(("case.json", b"[" * 100_000)), "not JSON"),
    "NaN": (_zip(("case.json", b'{"format": NaN}')), "not JSON"),
    "a list": (_zip(("case.json", b"[]")), "not a transfer pack"),
    "other format": (_zip(("case.json", b'{"format": "x"}')), "not a transfer pack"),
    "later version": (_zip(("case.json", b'{"format": "rightplace-transfer-pack", "version": 9}')), "version 9"),
    "empty": (_zip(("case.json", b'{"format": "rightplace-transfer-pack", "version": 1}')), "has mistakes"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_files_are_refused_in_words(name: str) -> None:
    content, words = HOSTILE[name]
    with pytest.raises(DataError, match=words) as told:
        read(content)
    assert told.value.action


def test_the_page_tells_what_is_wrong_and_leaves_nothing_on_the_disk(area: Any, officer: Any, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    for content, words in HOSTILE.values():
        response = _send(officer, content)
        assert response.status_code == 200
        assert words in whole(response)
    assert not PackIn.objects.exists()
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before


def test_two_files_of_one_name_and_links_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("case.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr("case.json", "{}")
    with pytest.raises(DataError, match="one name"):
        read(made.getvalue())
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as out:
        info = zipfile.ZipInfo("documents/x")
        info.external_attr = 0o120777 << 16
        out.writestr(info, "/etc/passwd")
    with pytest.raises(DataError, match="outside it"):
        read(linked.getvalue())


MISTAKES = (
    ({"person": {"forename": "A", "surname": "B"}}, "person.born"),
    ({"person": {"forename": "A\u0000", "surname": "B", "born": "2014-05-02"}}, "not text"),
    ({"person": {"forename": "A", "surname": "B", "born": "0001-01-01"}}, "not a day of our time"),
    ({"person": "Ada"}, "person"),
    ({"need": "x" * 9}, "need"),
    ({"plan": {"first_made": "yesterday", "made_or_reviewed": "2025-05-19"}}, "plan.first_made"),
    ({"documents": [{"title": "x", "file": "case.json", "sha256": "0" * 64}]}, "not in its folder"),
    ({"documents": [{"title": "x", "file": "documents/none", "sha256": "0" * 64}]}, "has no documents/none"),
)


def test_a_record_with_mistakes_is_told_which(area: Any) -> None:
    content = _pack(area, documents=False)
    for record, words in MISTAKES:
        with pytest.raises(DataError) as told:
            read(_changed(content, record=record))
        assert words in told.value.what


def test_a_document_that_was_changed_on_its_way_is_found(area: Any) -> None:
    content = _pack(area)
    name = next(one.file for one in read(content).pack.documents)
    with pytest.raises(DataError, match="changed on its way"):
        read(_changed(content, **{name: b"%PDF-1.7 b"}))


def test_what_is_not_named_in_the_record_is_left_out(area: Any) -> None:
    got = read(_changed(_pack(area, documents=False), **{"evil.html": b"<script>"}))
    assert got.left_out == ("“evil.html” is not named in the record.",)


def test_a_bomb_inside_a_document_is_read_no_further_than_its_limit(area: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_OF_ONE", 1_000)
    body = b"0" * 2_000
    record = {"documents": [{"title": "x", "file": "documents/x", "sha256": hashlib.sha256(body).hexdigest()}]}
    with pytest.raises(DataError, match="bigger than is taken"):
        read(_changed(_pack(area, documents=False), record=record, **{"documents/x": body}))


def test_a_file_over_the_limit_is_refused_as_it_comes_in(area: Any, officer: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1_000
    assert "bigger than 10 MB" in whole(_send(officer, b"0" * 5_000))


def test_the_pages_hold_to_the_rules(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    _send(officer, _pack(area))
    for address in (
        reverse("packs"),
        reverse("pack", args=[PackIn.objects.get().pk]),
        reverse("pack_out", args=[area.one.reference]),
    ):
        with django_assert_max_num_queries(20):
            whole(officer.get(address))
    assert Entry.objects.filter(action="read", words__contains="transfer").count() == 2
