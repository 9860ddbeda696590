"""Uploads: what is taken, what is refused, names, sizes, a full disk, and who may have a document."""

from __future__ import annotations

import errno
import io
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.errors import RefusedError
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Document
from rightplace.web.documents import kinds
from rightplace.web.documents.add import add
from rightplace.web.documents.kinds import PDF, TXT, kind_of
from rightplace.web.documents.names import clean

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


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return held.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}


def send(client: Client, area: Any, content: bytes, name: str = "Report.pdf", **more: str) -> Any:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    form = {"key": "k", "version": "0", "title": "A report", "file": file, **more}
    return client.post(reverse("document_add", args=[area.one.reference]), form)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (A_PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n0000", "png"),
        (b"\xff\xd8\xff\xe0rest", "jpg"),
        (zipped(DOCX), "docx"),
        (zipped(ODT), "odt"),
        ("Café notes\n".encode(), "txt"),
    ],
)
def test_what_is_taken_is_told_by_its_content(content: bytes, ending: str) -> None:
    found = kind_of(content)
    assert found is not None
    assert found.ending == ending


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"\x7fELF\x02",
        b"GIF89a\x01\x00",
        b"text with \x00 a nul",
        b"\xff\xfeU\x00T\x00F\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file, which can hold programs",
        b"",
        b" \n",
        b"PK\x03\x04 cut off",
        zipped({"a.txt": b"only a folder of files"}),
        zipped({**DOCX, "word/vbaProject.bin": b"macros"}),
        zipped({**ODT, "Basic/Standard/Module1.xml": b"macros"}),
        zipped({**ODT, "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        zipped({**ODT, "mimetype": b"\xff\xfe"}),
        b"  %PDF-1.7 after other things\x00",
    ],
)
def test_what_is_not_taken(content: bytes) -> None:
    assert kind_of(content) is None


def test_a_huge_member_of_a_packed_file_is_not_unpacked() -> None:
    """A "zip bomb": 200 MB that pack into 200 kB. Only 200 bytes of the stated type are ever read."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", b"application/vnd.oasis.opendocument.text")
        with made.open("content.xml", "w") as member:
            for _ in range(200):
                member.write(b"0" * 1_000_000)
    found = kind_of(held.getvalue())
    assert found is not None
    assert found.ending == "odt"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\letter.doc", "letter.pdf"),
        ("report.pdf.exe", "report pdf.pdf"),
        ("photo\u202egpj.exe", "photogpj.pdf"),
        ('a"b\r\nX-Header: 1;.pdf', "abX-Header 1.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("Ada’s plan.PDF", "Ada’s plan.pdf"),
        ("é" * 300, "é" * 100 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, cleaned: str) -> None:
    assert clean(name, PDF) == cleaned


def test_a_page_of_markup_is_plain_text_whatever_it_is_called() -> None:
    assert kind_of(b"<html><script>alert(1)</script></html>") is TXT
    assert clean("page.html", TXT) == "page.txt"


def test_a_familys_document_is_kept_listed_and_sent_as_an_attachment(parent: Client, area: Any) -> None:
    assert send(parent, area, A_PDF, "GP letter.pdf").status_code == 302
    made = Document.objects.get()
    assert (made.for_family, made.kind, made.size) == (True, "application/pdf", len(A_PDF))
    assert "GP letter" not in made.file.name
    assert "A report" in _PAGES["whole"](parent.get(reverse("family_documents", args=[area.one.reference])))
    got = parent.get(reverse("document", args=[made.pk]))
    assert b"".join(got.streaming_content) == A_PDF
    assert got.headers["Content-Disposition"] == 'attachment; filename="GP letter.pdf"'
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert made.sha256 in Entry.objects.filter(action="document_added").get().words


def test_the_same_file_sent_twice_is_kept_once(parent: Client, area: Any, tmp_path: Path) -> None:
    send(parent, area, A_PDF)
    send(parent, area, A_PDF)
    assert Document.objects.count() == len(files(tmp_path)) == 1


def test_officers_choose_whether_the_family_has_it(officer: Client, parent: Client, area: Any) -> None:
    assert "Select yes or no" in _PAGES["whole"](send(officer, area, A_PDF))
    assert send(officer, area, A_PDF, for_family="no").status_code == 302
    made = Document.objects.get()
    assert not made.for_family
    assert parent.get(reverse("document", args=[made.pk])).status_code == 403
    assert "A report" not in parent.get(reverse("family_documents", args=[area.one.reference])).content.decode()


def test_a_wrong_file_is_told_at_its_place_and_leaves_nothing(parent: Client, area: Any, tmp_path: Path) -> None:
    text = _PAGES["whole"](send(parent, area, b"MZ\x90\x00", "letter.pdf"))
    assert "not of a kind that we can take" in text
    assert 'href="#id_file"' in text
    assert "The file is empty" in _PAGES["whole"](send(parent, area, b""))
    assert not Document.objects.exists()
    assert files(tmp_path) == []


def test_a_file_past_the_limit_is_dropped_as_it_comes_in(
    parent: Client, area: Any, settings: Any, tmp_path: Path
) -> None:
    settings.UPLOAD_LIMIT = 100_000
    text = _PAGES["whole"](send(parent, area, A_PDF + b"0" * 3_000_000))
    assert "The file is too big." in text
    assert not Document.objects.exists()
    assert files(tmp_path) == []
    assert send(parent, area, A_PDF + b"0" * 99_000).status_code == 302


def test_a_full_disk_leaves_no_row_and_no_file(
    parent: Client, area: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(self: Any, name: str, content: Any) -> str:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF-half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        text = _PAGES["whole"](send(parent, area, A_PDF))
    assert "there is no room for it just now" in text
    assert not Document.objects.exists()
    assert files(tmp_path) == []
    assert send(parent, area, A_PDF).status_code == 302


def test_a_row_that_cannot_be_made_leaves_no_file(area: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Document.objects, "create", broken)
    with pytest.raises(RuntimeError):
        add(area.one, "a.pdf", A_PDF, title="A", for_family=True, by=area.people["parent"])
    assert files(tmp_path) == []


def test_a_kind_that_is_not_taken_is_refused_below_the_page_too(area: Any) -> None:
    with pytest.raises(RefusedError, match="not of a kind"):
        add(area.one, "a.pdf", b"MZ\x00", title="A", for_family=True, by=area.people["parent"])


@pytest.mark.parametrize(
    ("role", "name"), [("school", "documents"), ("psychologist", "document_add"), ("parent", "document_add")]
)
def test_the_pages_are_whole(area: Any, role: str, name: str) -> None:
    client = _PEOPLE["signed_in"](area.people[role])
    _PAGES["whole"](client.get(reverse(name, args=[area.one.reference])))


def test_a_packed_text_that_is_damaged_inside_is_of_no_kind_and_no_error() -> None:
    """Python's own zip writer, then a byte of the packed statement of the type turned over."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", kinds.ODT.media_type)
        packed.writestr("content.xml", "<a/>")
    whole = made.getvalue()
    assert kind_of(whole) is kinds.ODT
    start = whole.index(b"mimetype") + len("mimetype")
    for place in range(start, start + 12):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        assert kind_of(bytes(damaged)) is None
