"""Bad input through the command line: a sentence that says what, where and what to do; an exit code; nothing lost, nothing half-written."""

from __future__ import annotations

import calendar
import contextlib
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from rightplace.cli.entry import main
from rightplace.example.make import make_example
from rightplace.returns.sen2.blade_writer import write_blade
from rightplace.returns.sen2.xml_reader import read_xml

NAME = "sen2_2026.xml"
PROGRESS = re.compile(r"^.+: [\d,]+ of [\d,]+$")


class Told(NamedTuple):
    """What a command said, its progress left out, and its exit code."""

    code: int
    out: str
    err: str


def rightplace(*words: object) -> Told:
    """Run a command in this process. Anything but a clean exit is a failure of the test."""
    out, err, before, code = io.StringIO(), io.StringIO(), sys.argv, 0
    sys.argv = ["rightplace", *map(str, words)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.argv = before
    said = "\n".join(line for line in err.getvalue().splitlines() if not PROGRESS.match(line))
    return Told(code, out.getvalue(), said)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest example area, made once."""
    folder = tmp_path_factory.mktemp("example") / "marlshire"
    make_example(folder, plans=500, seed=1)
    return folder


@pytest.fixture(scope="module")
def text(example: Path) -> str:
    """The newest return of the example, as text."""
    return (example / "sen2" / NAME).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def blade(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest return of the example as a Blade export."""
    folder = tmp_path_factory.mktemp("blade")
    write_blade(read_xml(example / "sen2" / NAME), folder)
    return folder


@pytest.fixture
def area(example: Path, tmp_path: Path) -> Path:
    """A copy of the example's area record."""
    return shutil.copytree(example / "area", tmp_path / "area")


def written(folder: Path, content: str | bytes, name: str = "return.xml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def is_a_sentence(told: Told, *, where: str) -> None:
    """The three parts of a refusal: what, where, what to do; and no trace of the program's inside."""
    assert "Rightplace could not do this. " in told.err
    assert re.search(rf"^  Where: .*{re.escape(where)}", told.err, re.MULTILINE)
    assert re.search(r"^  What to do: .+\.$", told.err, re.MULTILINE)
    assert "Traceback" not in told.err
    assert "os error" not in told.err


def findings(folder: Path, *paths: Path) -> tuple[Told, pl.DataFrame]:
    """Check files and read the list of findings."""
    told = rightplace("check", *paths, "--csv", folder / "findings.csv")
    return told, pl.read_csv(folder / "findings.csv", infer_schema=False)


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file under a folder, hidden ones too, with the hash of its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def refuses_to_load(area: Path, returns: Iterable[Path], *, where: str, code: int = 3) -> Told:
    """Loading is refused with a sentence, and the record that was there is as it was."""
    before = fingerprints(area)
    told = rightplace("load", area, "--sen2", *returns)
    assert told.code == code, told.err
    is_a_sentence(told, where=where)
    assert fingerprints(area) == before
    assert [path.name for path in area.parent.iterdir() if path.name.endswith(".part")] == []
    return told


# A damaged return: what is left is checked, and never passed off as a whole January.


def test_a_return_cut_short_is_checked_as_far_as_it_goes_and_not_loaded(text: str, area: Path, tmp_path: Path) -> None:
    path = written(tmp_path, text[: len(text) // 2])
    told, found = findings(tmp_path, path)
    assert told.code == 3
    cut = found.filter(pl.col("rule") == "F01").row(0, named=True)
    assert cut["location"] == f"return.xml: line {text[: len(text) // 2].count(chr(10)) + 1}"
    read = int(re.search(r"(\d+) people were read", cut["message"])[1])  # type: ignore[index]
    assert read == text[: len(text) // 2].count("</Person>")
    assert f"{read} people checked" in told.out
    assert "cut short" in refuses_to_load(area, [path], where="return.xml, line").err


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(content: bytes, area: Path, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    told = rightplace("check", path)
    assert told.code == 2
    assert "empty" in told.err
    is_a_sentence(told, where="return.xml")
    refuses_to_load(area, [path], where="return.xml", code=2)


def test_a_wrongly_encoded_line_is_read_as_windows_1252_and_told(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, text.replace("<Surname>", "<Surname>Zoë ", 3).encode("windows-1252"))
    told, found = findings(tmp_path, path)
    assert told.code == 3
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "<Surname>" in line][:3]
    wrong = found.filter(pl.col("rule") == "H12")
    assert wrong["location"].to_list() == [f"return.xml: line {line}" for line in lines]
    loaded = rightplace("load", tmp_path / "area", "--sen2", path)
    assert loaded.code == 0
    assert re.search(r"3 kept, but noted: not so in the file: .*encoding.*\(H12\)", loaded.out)


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE Message [<!ENTITY e0 "ha">{BOMB}]>',
        '<!DOCTYPE Message [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
    ids=["bomb", "file", "network"],
)
def test_entities_are_refused_before_they_are_opened(doctype: str, area: Path, tmp_path: Path) -> None:
    path = written(tmp_path, f'<?xml version="1.0"?>{doctype}<Message><Header>&e9;</Header></Message>')
    began = time.monotonic()
    told = rightplace("check", path)
    assert told.code == 4
    assert time.monotonic() - began < 2
    assert "root:" not in told.err + told.out
    is_a_sentence(told, where="return.xml, line 1")
    refuses_to_load(area, [path], where="return.xml", code=4)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not tell a process's peak memory there"
)
def test_200_megabytes_of_one_tag_are_refused_in_a_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "return.xml"
    with path.open("wb") as file:
        file.write(b"<Message><Header></Header><Persons>")
        for _ in range(200):
            file.write(b"<Person>" * 131_072)
    # Not getrusage: its peak begins with that of the process that started this one.
    code = (
        "import sys; from rightplace.cli.entry import main; sys.argv[:] = ['rightplace', 'check', sys.argv[1]]\n"
        "try: main()\n"
        "finally: print(*(row.split()[1] for row in open('/proc/self/status') if row.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 4
    assert int(done.stdout.split()[-1]) < 500_000, "kilobytes"
    is_a_sentence(Told(4, done.stdout, done.stderr), where="return.xml")


# A Blade export that a person has touched.


def touched(blade: Path, folder: Path, change: Callable[[Path, str], str | bytes | None]) -> Path:
    """A copy of an export with every file changed: ``change`` gets its path and text; None removes it."""
    copy = folder / "export"
    copy.mkdir()
    for path in blade.glob("*.csv"):
        made = change(path, path.read_text(encoding="utf-8"))
        if made is not None:
            (copy / path.name).write_bytes(made if isinstance(made, bytes) else made.encode())
    return copy


def one_table(name: str, change: Callable[[str], str]) -> Callable[[Path, str], str]:
    return lambda path, text: change(text) if path.stem.endswith(f"_{name}") else text


def as_excel_saves(_: Path, text: str) -> bytes:
    """Dates as the computer's own short form, long numbers shortened, a byte order mark, CRLF."""
    months = {name: number for number, name in enumerate(calendar.month_abbr) if name}
    dates = re.sub(r"(\d{4})-([A-Z][a-z]{2})-(\d\d) 00:00:00", lambda m: f"{m[3]}/{months[m[2]]:02}/{m[1]} 00:00", text)
    return b"\xef\xbb\xbf" + re.sub(r"\b98\d{8}\b", "9.8E+09", dates).encode()


def test_a_csv_saved_by_excel_is_told_apart_and_not_loaded(blade: Path, area: Path, tmp_path: Path) -> None:
    export = touched(blade, tmp_path, as_excel_saves)
    told, found = findings(tmp_path, export)
    assert told.code == 3
    assert {"F25", "F27", "V01"} <= set(found.filter(pl.col("severity") == "error")["rule"])
    assert "Excel" in " ".join(
        found.filter(pl.col("rule").is_in(["F25", "F27"]))["message"]
    ) or "spreadsheet" in " ".join(
        found.filter(pl.col("rule").is_in(["F25", "F27"])).select(pl.concat_str("message", "action"))["message"]
    )
    refused = refuses_to_load(area, [export], where="Blade-Export")
    assert "01/02/2024 is not guessed at" in refused.err


def test_semicolons_and_utf_16_are_read(blade: Path, tmp_path: Path) -> None:
    export = touched(blade, tmp_path, lambda path, text: text.replace(",", ";").encode("utf-16"))
    told = rightplace("check", export)
    assert told.code == 0
    assert "people checked; 0 errors" in told.out


@pytest.mark.parametrize("table", ["person", "requests", "namedplan", "placementdetail", "senneed"])
def test_a_missing_table_is_named_and_the_rest_checked_but_no_january_made(
    table: str, blade: Path, area: Path, tmp_path: Path
) -> None:
    export = touched(blade, tmp_path, lambda path, text: None if path.stem.endswith(f"_{table}") else text)
    told, found = findings(tmp_path, export)
    assert told.code == 3
    missing = found.filter(pl.col("rule") == "F20")
    assert any(f"The {table} table is missing" in message for message in missing["message"])
    assert f"_{table}.csv" in " ".join(missing["action"])
    refused = refuses_to_load(area, [export], where="Blade-Export")
    assert "table is missing" in refused.err


def test_a_missing_table_no_january_rests_on_is_noted_and_the_rest_loaded(blade: Path, tmp_path: Path) -> None:
    export = touched(blade, tmp_path, lambda path, text: None if path.stem.endswith("_plandetail") else text)
    loaded = rightplace("load", tmp_path / "area", "--sen2", export)
    assert loaded.code == 0
    assert "(F20)" in loaded.out
    assert re.search(r"2026 +500 +returns", loaded.out)


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("person", "personbirthdate", "Date of birth"),
        ("requests", "persontableid", "person_id"),
        ("senneed", "sentype", "need"),
    ],
)
def test_a_renamed_column_is_named_and_no_january_made(
    table: str, old: str, new: str, blade: Path, area: Path, tmp_path: Path
) -> None:
    export = touched(blade, tmp_path, one_table(table, lambda text: text.replace(old, new, 1)))
    told, found = findings(tmp_path, export)
    assert told.code == 3
    lacking = found.filter(pl.col("rule") == "F21").row(0, named=True)
    assert old in lacking["message"]
    assert old in refuses_to_load(area, [export], where="Blade-Export").err


def test_one_file_of_an_export_asks_for_the_header(blade: Path) -> None:
    told = rightplace("check", next(blade.glob("*_person.csv")))
    assert told.code == 2
    is_a_sentence(told, where="Blade-Export")
    assert "_sen2.csv" in told.err


# Records that are wrong in a return that is whole.


def people(text: str) -> list[str]:
    return re.findall(r" *<Person>.*?</Person>\n", text, re.DOTALL)


def with_open_plan(text: str) -> str:
    """A person of the return who has one plan, which has not ceased."""
    return next(
        p for p in people(text) if p.count("<NamedPlan>") == 1 and "<CeaseDate>" not in p and "<StartDate>" in p
    )


def test_a_few_dates_the_british_way_are_told_and_the_rest_loaded(text: str, tmp_path: Path) -> None:
    british = re.sub(r"<PersonBirthDate>(\d{4})-(\d\d)-(\d\d)", r"<PersonBirthDate>\3/\2/\1", text, count=3)
    path = written(tmp_path, british)
    told, found = findings(tmp_path, path)
    assert told.code == 3
    wrong = found.filter(pl.col("rule") == "V01")
    assert wrong.height == 3
    assert "year-month-day" in wrong["message"][0]
    loaded = rightplace("load", tmp_path / "area", "--sen2", path)
    assert loaded.code == 0
    assert "3 kept, but noted: dates that cannot be read, taken as not given" in loaded.out


def test_an_end_date_that_cannot_be_read_never_leaves_plans_open(text: str, area: Path, tmp_path: Path) -> None:
    """A missing last day leaves a plan open; an unreadable one must not, or plans that ceased would come back."""
    british = re.sub(r"<CeaseDate>(\d{4})-(\d\d)-(\d\d)", r"<CeaseDate>\3/\2/\1", text)
    assert british.count("/") > text.count("/") + 10
    refused = refuses_to_load(area, [written(tmp_path, british)], where="return.xml")
    assert "CeaseDate" in refused.err


def test_a_lower_case_upn_is_told_at_its_line_and_is_still_the_same_person(text: str, tmp_path: Path) -> None:
    upn = re.search(r"<UPN>(\w+)</UPN>", text)
    assert upn is not None
    path = written(tmp_path, text.replace(upn[0], upn[0].replace(upn[1], upn[1].lower())))
    told, found = findings(tmp_path, path)
    assert told.code == 3
    wrong = found.filter(pl.col("rule") == "P16").row(0, named=True)
    assert wrong["person"] == upn[1].lower()
    assert "capitals" in wrong["action"]
    assert rightplace("load", tmp_path / "area", "--sen2", path).code == 0
    assert upn[1] in pl.read_parquet(tmp_path / "area" / "people.parquet")["person_id"]


def test_a_person_twice_is_told_and_counted_once(text: str, tmp_path: Path) -> None:
    twice = with_open_plan(text)
    path = written(tmp_path, text.replace(twice, twice * 2, 1))
    told, found = findings(tmp_path, path)
    assert told.code == 3
    assert {"P19", "P23"} & set(found["rule"])
    loaded = rightplace("load", tmp_path / "area", "--sen2", path)
    assert loaded.code == 0
    assert re.search(r"2026 +500 +returns", loaded.out)
    assert "1 refused: a second open plan of the same person" in loaded.out


def test_two_open_plans_are_told_and_counted_once(text: str, tmp_path: Path) -> None:
    person = with_open_plan(text)
    requests = re.search(r" *<Requests>.*</Requests>\n", person, re.DOTALL)
    assert requests is not None
    path = written(tmp_path, text.replace(person, person.replace(requests[0], requests[0] * 2), 1))
    told, found = findings(tmp_path, path)
    clean = rightplace("check", written(tmp_path, text, "clean.xml"))
    assert told.code == 3
    assert clean.code == 0
    assert found.filter(pl.col("severity") == "error").height > 0
    loaded = rightplace("load", tmp_path / "area", "--sen2", path)
    assert re.search(r"2026 +500 +returns", loaded.out)
    assert "1 refused: a second open plan of the same person" in loaded.out


def test_unknown_setting_urns_are_told_and_kept_without_a_kind(text: str, example: Path, tmp_path: Path) -> None:
    gias = next((example / "gias").glob("*.csv"))
    path = written(tmp_path, re.sub(r"<URN>\d+</URN>", "<URN>199999</URN>", text, count=20))
    told = rightplace("check", path, "--gias", gias, "--csv", tmp_path / "f.csv")
    assert told.code == 3
    found = pl.read_csv(tmp_path / "f.csv", infer_schema=False)
    assert found.filter((pl.col("severity") == "error") & pl.col("value").str.contains("199999")).height > 0
    loaded = rightplace("load", tmp_path / "area", "--sen2", path, "--gias", gias)
    assert loaded.code == 0
    assert "URN is not in the register of settings given" in loaded.out


def test_without_a_register_the_sentence_does_not_speak_of_one(example: Path, tmp_path: Path) -> None:
    loaded = rightplace("load", tmp_path / "area", "--sen2", example / "sen2" / NAME)
    assert "no register of settings was given" in loaded.out
    assert "URN is not in the register" not in loaded.out


def test_a_return_of_another_authority_is_not_mixed_in(text: str, example: Path, area: Path, tmp_path: Path) -> None:
    other = written(tmp_path, text.replace("<LEA>999</LEA>", "<LEA>302</LEA>"))
    before = fingerprints(area)
    told = rightplace("load", area, "--sen2", example / "sen2" / "sen2_2025.xml", other)
    assert told.code == 3
    assert "sen2_2025.xml is of 999; return.xml is of 302" in told.err
    assert "  What to do: " in told.err
    assert fingerprints(area) == before
    odd = written(tmp_path, text.replace("<LEA>999</LEA>", "<LEA>007</LEA>"))
    assert "'007' is not one that DfE has used" in refuses_to_load(area, [odd], where="return.xml").err


def test_names_in_any_script_are_read_and_not_kept(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, re.sub(r"<Surname>[^<]+", "<Surname>Ó Súilleabháin-Łukasz 李", text, count=2))
    assert rightplace("check", path).code == 0
    told = rightplace("load", tmp_path / "área 李", "--sen2", path, "--name", "Cafè 李")
    assert told.code == 0
    assert told.out.startswith("Cafè 李 (999)")
    kept = b"".join(file.read_bytes() for file in (tmp_path / "área 李").iterdir())
    assert "Súilleabháin".encode() not in kept


# Names and places that are wrong.


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        ("check {no}.xml", 2, "{no}.xml"),
        ("load {tmp}/a --sen2 {no}.xml", 2, "{no}.xml"),
        ("check {example}", 2, "{example}"),
        ("check {return} --gias {no}.csv", 2, "{no}.csv"),
        ("check {return} --population {no}/population.csv", 2, "{no}/population.csv"),
        ("check {return} --population {example}/staff.csv", 2, "{example}/staff.csv"),
        ("load {tmp}/a --sen2 {return} --gias {example}", 2, "{example}"),
        ("load {tmp}/a --sen2 {return} --gias {return}", 3, "{return}"),
        ("load {tmp}/a --sen2 {return} --extracts {example}/sen2", 2, "{example}/sen2"),
        ("load {tmp}/a --sen2 {return} --extracts {return}", 3, "{return}"),
        ("load {example}/sen2 --sen2 {return}", 4, "{example}/sen2"),
        ("load {return} --sen2 {return}", 2, "{return}"),
        ("load {tmp}/a --statistics {no} --authority Barnet", 2, "{no}"),
        ("load {tmp}/a --statistics {example} --authority Barnet", 3, "{example}"),
        ("forecast --all --statistics {no} --out {tmp}/o", 2, "{no}"),
        ("show {no}", 2, "{no}"),
        ("show {return}", 2, "{return}"),
        ("forecast {no} --out {tmp}/o", 2, "{no}"),
        ("forecast {example}/area --out {return}", 2, "{return}"),
        ("report {example}/area --out {tmp}", 2, "{tmp}"),
        ("report {example}/area --out {return}/r.html", 2, "{return}/r.html"),
        ("report {example}/area --out {tmp}/r.html --workbook {tmp}", 2, "{tmp}"),
        ("report {example}/area --out {tmp}/r.html --findings {no}.csv", 2, "{no}.csv"),
        ("report {example}/area --out {tmp}/r.html --findings {example}/staff.csv", 2, "staff.csv"),
        ("check {return} --csv {tmp}", 2, "{tmp}"),
        ("check {return} --html {return}/f.html", 2, "{return}/f.html"),
        ("example {return}", 2, "{return}"),
        ("example {example}/sen2", 2, "{example}/sen2"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_said_and_nothing_is_made(
    words: str, code: int, where: str, example: Path, tmp_path: Path
) -> None:
    names = {"tmp": tmp_path, "example": example, "return": example / "sen2" / NAME, "no": tmp_path / "nothing"}
    before, made = fingerprints(example), fingerprints(tmp_path)
    told = rightplace(*(word.format(**names) for word in words.split()))
    assert told.code == code, told.err
    is_a_sentence(told, where=where.format(**names))
    assert fingerprints(example) == before
    assert fingerprints(tmp_path) == made
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read and write everything")
def test_what_may_not_be_read_or_written_is_said(example: Path, tmp_path: Path) -> None:
    secret = written(tmp_path, "x")
    secret.chmod(0)
    told = rightplace("check", secret)
    assert told.code == 2
    is_a_sentence(told, where="return.xml")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    told = rightplace("report", example / "area", "--out", closed / "r.html")
    assert told.code == 2
    is_a_sentence(told, where="r.html")


def test_a_missing_folder_for_the_output_is_made(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    assert rightplace("check", path, "--csv", tmp_path / "new" / "deep" / "f.csv").code == 0
    assert (tmp_path / "new" / "deep" / "f.csv").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_leaves_the_old_file_whole(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, text)
    out = written(tmp_path, "the old list", "findings.csv")
    before = fingerprints(tmp_path)
    monkeypatch.setattr("rightplace.area.files._beside", lambda _: Path("/dev/full"))
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    told = rightplace("check", path, "--csv", out)
    assert told.code == 2
    assert "no space left" in told.err.lower()
    is_a_sentence(told, where="findings.csv")
    assert fingerprints(tmp_path) == before


# A damaged area record.


def _break(name: str, change: Callable[[str], str]) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(change((folder / name).read_text()))


def _junk_under_its_own_hash(folder: Path) -> None:
    (folder / "census.parquet").write_bytes(b"junk")
    right = hashlib.sha256(b"junk").hexdigest()
    _break("area.toml", lambda text: re.sub(r'census = "\w+"', f'census = "{right}"', text))(folder)


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (lambda folder: (folder / "census.parquet").unlink(), "census.parquet"),
        (lambda folder: (folder / "census.parquet").write_bytes(b"PAR1 junk"), "census.parquet"),
        (_junk_under_its_own_hash, "census.parquet"),
        (lambda folder: (folder / "area.toml").write_bytes(b""), "area.toml"),
        (lambda folder: (folder / "area.toml").write_bytes(b"\xff\xfe\x00"), "area.toml"),
        (_break("area.toml", lambda text: text[: len(text) // 2]), "area.toml"),
        (_break("area.toml", lambda text: text.replace("layout = 2", "layout = 9")), "area.toml"),
        (_break("area.toml", lambda text: text.replace("rows_in", "rows_inn", 1)), "area.toml"),
        (_break("area.toml", lambda _: 'layout = 2\nla_code = "999"\nname = "x"\ntables = [1]\n'), "area.toml"),
        (lambda folder: (folder / "area.toml").unlink(), "area"),
    ],
)
def test_a_damaged_area_record_is_said(
    damage: Callable[[Path], object], where: str, area: Path, tmp_path: Path
) -> None:
    damage(area)
    for words in (("show", area), ("forecast", area, "--out", tmp_path / "o", "--futures", "10")):
        told = rightplace(*words)
        assert told.code == (2 if where == "area" else 3), told.err
        is_a_sentence(told, where=where)
    assert not (tmp_path / "o").exists()


# As other programs see the command.


def _environment(**more: str) -> dict[str, str]:
    return {**{key: value for key, value in os.environ.items() if key != "NO_COLOR"}, **more}


def test_stopping_a_forecast_says_so_and_writes_nothing(area: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "rightplace", "forecast", area, "--out", tmp_path / "o", "--futures", "100000"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "futures simulated" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 5
    assert "Stopped." in err
    assert "Traceback" not in err
    assert not list(tmp_path.glob("o/*"))


def test_output_to_a_pipe_is_plain_text_and_a_closed_pipe_is_no_bug(area: Path) -> None:
    words = [sys.executable, "-m", "rightplace", "show", area]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=_environment(FORCE_COLOR=""))
    assert "\x1b" not in done.stdout + done.stderr
    assert "EHC plans in place each January" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 200
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_no_color_is_respected_on_a_terminal(area: Path) -> None:
    pty = pytest.importorskip("pty")
    main_end, other_end = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "rightplace", "show", area],
        stdout=other_end,
        env=_environment(NO_COLOR="1", TERM="xterm"),
    ) as process:
        os.close(other_end)
        said = b""
        with contextlib.suppress(OSError):
            while piece := os.read(main_end, 4096):
                said += piece
    os.close(main_end)
    assert process.returncode == 0
    assert not re.search(rb"\x1b\[[\d;]*3[0-7]m", said)


def test_one_bad_file_does_not_stop_the_check_of_the_others(text: str, tmp_path: Path) -> None:
    good, empty = written(tmp_path, text), written(tmp_path, "", "empty.xml")
    told = rightplace("check", empty, good, "--csv", tmp_path / "f.csv")
    assert told.code == 2
    assert "return.xml (" in told.out
    assert (tmp_path / "f.csv").is_file()
    is_a_sentence(told, where="empty.xml")
