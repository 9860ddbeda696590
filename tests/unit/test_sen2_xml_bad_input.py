"""Bad XML: each file gives a sentence with a place and an action, and what was good is kept."""

from __future__ import annotations

import io
import itertools
import tracemalloc
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from rightplace.errors import RefusedError, UserError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_stream, read_xml

START = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
<Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate>
</CollectionDetails></Header>
<Persons>
"""
END = "</Persons>\n</Message>\n"


def person(name: str) -> str:
    return f"<Person>\n<Surname>{name}</Surname>\n<Requests><RequestOutcome>H</RequestOutcome></Requests>\n</Person>\n"


GOOD = START + person("Ash") + person("Birch") + END
BIRCH_LINE = 10


def read(content: str | bytes) -> Sen2Return:
    raw = content.encode() if isinstance(content, str) else content
    return read_stream(io.BytesIO(raw), source="made.xml", size=len(raw))


def names(ret: Sen2Return) -> list[str]:
    return ret.tables["person"]["surname"].to_list()


def rules(ret: Sen2Return) -> list[tuple[str, int]]:
    return [(problem.rule, problem.line) for problem in ret.problems]


class Endless(io.RawIOBase):
    """A file of a start and then one thing over and over, made while it is read."""

    def __init__(self, start: str, again: str) -> None:
        self.start, self.again, self.place = start.encode(), again.encode(), 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset
        return offset

    def read(self, size: int = -1) -> bytes:
        begin = self.place - len(self.start)
        skipped = begin % len(self.again) if begin > 0 else 0
        body = self.again * (size // len(self.again) + 2)
        piece = (self.start[self.place :] + body)[skipped if begin > 0 else 0 :][:size]
        self.place += len(piece)
        return piece


@pytest.mark.parametrize("cut", range(len(START) + len(person("Ash")), len(GOOD) - len(END), 7))
def test_a_truncated_file_keeps_the_whole_people_before_the_break(cut: int) -> None:
    ret = read(GOOD[:cut])
    whole = GOOD[:cut].count("</Person>")
    assert names(ret) == ["Ash", "Birch"][:whole]
    assert ret.tables["requests"].height == whole
    assert rules(ret)[0][0] == "F01"
    assert rules(ret)[0][1] == GOOD[:cut].count("\n") + 1
    assert ret.problems[0].severity == "error"


def test_a_file_cut_before_the_first_whole_person_says_where_it_ends() -> None:
    with pytest.raises(UserError, match="cut short") as caught:
        read(GOOD[: GOOD.index("<Persons>")])
    assert caught.value.where == "made.xml, line 5"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(UserError, match=r"empty|not XML"):
        read(content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "not XML"),
        (b"persontableid,surname\n1,Ash\n", "not XML"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        (b"\n<HTML><body>Sign in</body></HTML>", "web page"),
        (b"\x00\x01\x02\x03", "not XML"),
        (b"\xff\xfe<\x00", "not XML"),
    ],
)
def test_a_file_that_is_not_a_return(content: bytes, what: str) -> None:
    with pytest.raises(UserError, match=what) as caught:
        read(content)
    assert "Blade" in caught.value.action


@pytest.mark.parametrize("character", ["&", "<", "&nbsp;", "</Surname><Surname>&#0;"])
def test_a_person_that_is_not_xml_is_left_out_and_reading_goes_on(character: str) -> None:
    ret = read(START + person("Ash") + person(f"B{character}h") + person("Cedar") + person("Dogwood") + END)
    assert names(ret) == ["Ash", "Cedar", "Dogwood"]
    assert ret.tables["person"]["line"].to_list() == [6, 14, 18]
    assert ret.tables["requests"].select("row", "person_row").rows() == [(0, 0), (1, 1), (2, 2)]
    assert rules(ret)[0][1] == BIRCH_LINE + 1
    assert "reading went on with the person on line 14" in ret.problems[0].message


def test_each_broken_person_is_told() -> None:
    people = "".join(person(name) for name in ("Ash", "B&h", "Cedar", "D&d", "Elder"))
    ret = read(START + people + END)
    assert names(ret) == ["Ash", "Cedar", "Elder"]
    assert rules(ret) == [("F02", 11), ("F02", 19)]


def test_a_return_on_one_line_goes_on_after_a_broken_person() -> None:
    people = "".join(person(name) for name in ("Ash", "B&h", "Cedar"))
    assert names(read((START + people + END).replace("\n", ""))) == ["Ash", "Cedar"]


def test_reading_goes_on_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RESUMES", 3)
    ret = read(START + person("Ash") + person("B&h") * 10 + person("Cedar") + END)
    assert names(ret) == ["Ash"]
    assert len(ret.problems) == 4
    assert "what comes after was not read" in ret.problems[-1].message


def test_a_closing_tag_left_out() -> None:
    broken = person("Birch").replace("</Requests>", "")
    ret = read(START + person("Ash") + broken + person("Cedar") + END)
    assert names(ret) == ["Ash", "Cedar"]
    assert rules(ret) == [("F02", 13)]


@pytest.mark.parametrize("after", ["<Message/>", "rubbish", GOOD, START])
def test_what_follows_the_end_is_told_and_the_return_kept(after: str) -> None:
    ret = read(GOOD + after)
    assert names(ret) == ["Ash", "Birch"]
    assert rules(ret) == [("F02", 16)]


def test_windows_bytes_in_a_file_that_says_utf8() -> None:
    raw = (START + person("Ash") + person("Bénoît") + person("Ångström") + END).encode("cp1252")
    ret = read(raw)
    assert names(ret) == ["Ash", "Bénoît", "Ångström"]
    assert rules(ret) == [("H12", 11), ("H12", 15)]
    place = raw.index(b"\xe9") + 1
    assert f"Byte 0xE9, number {place}" in ret.problems[0].message


def test_a_long_line_of_windows_bytes_is_mended_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rightplace.returns.sen2.mending._LINE", 64)
    good, bad = "é" * 300, "Bénoît"
    raw = (START + f"<Person><Surname>{good}</Surname></Person>").encode() + person(bad).encode("cp1252") + END.encode()
    ret = read(raw)
    assert names(ret) == [good, bad]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\ufffe"])
def test_characters_xml_forbids_are_replaced_and_told(character: str) -> None:
    ret = read(START + person(f"B{character}h") + person("Cedar") + END)
    assert names(ret) == ["B\ufffdh", "Cedar"]
    assert rules(ret) == [("H12", 7)]


def test_bad_bytes_and_bad_xml_together() -> None:
    ret = read((START + person("Bénoît") + person("C&d") + person("Élan") + END).encode("cp1252"))
    assert names(ret) == ["Bénoît", "Élan"]
    assert [rule for rule, _ in rules(ret)] == ["H12", "H12", "F02"]


def test_an_encoding_that_is_not_read() -> None:
    with pytest.raises(UserError, match="utf-7"):
        read(GOOD.replace("UTF-8", "utf-7"))


def test_utf16_cut_in_the_middle() -> None:
    ret = read(GOOD.replace("UTF-8", "UTF-16").encode("utf-16")[:-101])
    assert names(ret) == ["Ash"]
    assert rules(ret)[0][0] == "F01"


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE Message [<!ENTITY a0 "lol">{ENTITIES}]>',
        '<!DOCTYPE Message SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE Message [<!ENTITY % all SYSTEM "http://127.0.0.1:9/x"> %all;]>',
        '<!-- a --><?b c?><!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_and_outside_files_are_refused(doctype: str, encoding: str) -> None:
    text = GOOD.replace("UTF-8", encoding).replace("<Message>", f"{doctype}<Message>").replace("Ash", "&a9;")
    with pytest.raises(RefusedError, match="DOCTYPE"):
        read(text.encode(encoding))


def test_a_doctype_after_the_start_is_not_xml() -> None:
    ret = read(GOOD.replace("<Person>", '<!DOCTYPE Message [<!ENTITY a "b">]><Person>', 1))
    assert names(ret) == ["Ash", "Birch"]
    assert rules(ret)[0] == ("F02", 6)


@pytest.mark.parametrize(
    ("again", "what"),
    [
        ("<Person>", "256 deep"),
        ("<a>", "256 deep"),
        ("<Person/>", "Person records"),
        ("<Person><Surname>A</Surname></Person>", "Person records"),
        ("<a/>", "faults of form|without the end of a Person"),
        ("<Person><a/></Person>", "faults of form|Person records"),
        ("A", "without the end of a Person"),
        ("<!-- a -->", "without the end of a Person"),
        ("<Surname>A</Surname>", "faults of form|without the end of a Person"),
        ("\n", "without the end of a Person"),
    ],
)
def test_endless_files_are_refused_in_little_memory(again: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of these files goes on for ever; the limits are made smaller for time."""
    monkeypatch.setattr(limits, "RECORDS", 30_000)
    monkeypatch.setattr(limits, "FAULTS", 30_000)
    monkeypatch.setattr(limits, "RECORD_BYTES", limits.MEGABYTE)
    monkeypatch.setattr("rightplace.returns.sen2.xml_document._FLUSH_BYTES", limits.MEGABYTE)
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match=what):
            read_stream(cast(BinaryIO, Endless(START, again)), source="endless.xml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60 * limits.MEGABYTE


def test_a_person_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD_BYTES", 200_000)
    with pytest.raises(RefusedError, match=r"without the end of a Person, after 1 "):
        read_stream(cast(BinaryIO, Endless(START + person("Ash") + "<Person>", "<Requests/>")), source="endless.xml")


def test_a_text_without_end_is_refused() -> None:
    start = START + person("Ash") + "<Person><Surname>"
    with pytest.raises(RefusedError):
        read_stream(cast(BinaryIO, Endless(start, "A" * 1000)), source="endless.xml")


def test_a_prolog_without_end_is_not_xml() -> None:
    with pytest.raises(UserError, match="not XML"):
        read_stream(cast(BinaryIO, Endless("<?xml version='1.0'?>", "<!-- -->")), source="endless.xml")


def test_a_file_over_the_size_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.xml"
    path.write_text(GOOD)
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    with pytest.raises(RefusedError, match="larger than"):
        read_xml(path)
    with pytest.raises(RefusedError, match="larger than"):
        read(GOOD)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened: no such file"):
        read_xml(tmp_path / "none.xml")


def test_a_root_that_is_not_message() -> None:
    ret = read(GOOD.replace("Message>", "SEN2>"))
    assert names(ret) == ["Ash", "Birch"]
    assert [(p.rule, p.value) for p in ret.problems] == [("H01", "SEN2")]


def test_a_second_header_is_told_and_the_first_kept() -> None:
    header = GOOD[GOOD.index("<Header>") : GOOD.index("<Persons>")]
    for text in (GOOD.replace("<Persons>", f"{header.replace('2026', '2025')}<Persons>"),
                 GOOD.replace("</Message>", f"{header.replace('2026', '2025')}</Message>")):  # fmt: skip
        ret = read(text)
        assert (ret.edition, names(ret)) == (2026, ["Ash", "Birch"])
        assert [p.rule for p in ret.problems] == ["H01"]


def test_persons_missing() -> None:
    ret = read(START.replace("<Persons>", "") + "</Message>")
    assert ret.tables["person"].height == 0
    assert [(p.rule, p.message) for p in ret.problems] == [("H01", "The file has no Persons.")]


def test_people_straight_under_message_are_read_and_told() -> None:
    ret = read(GOOD.replace("<Persons>", "").replace("</Persons>", ""))
    assert names(ret) == ["Ash", "Birch"]
    assert {p.rule for p in ret.problems} == {"H01"}


def test_two_blocks_of_persons_are_both_read() -> None:
    ret = read(GOOD.replace("</Persons>", f"</Persons><Persons>{person('Cedar')}</Persons>"))
    assert names(ret) == ["Ash", "Birch", "Cedar"]


def test_people_in_a_block_of_another_name_are_reported() -> None:
    ret = read(GOOD.replace("</Persons>", f"</Persons><Archive>{person('Cedar')}</Archive>"))
    assert names(ret) == ["Ash", "Birch"]
    assert [(p.rule, p.value) for p in ret.problems] == [("F03", "Archive")]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_the_size_of_the_pieces_does_not_matter(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    people = "".join(person(name) for name in ("Ash", "Bénoît", "C&d", "Elder")) + "<Rubbish/>" + person("Fir")
    expected = read(START + people + END)
    monkeypatch.setattr("rightplace.returns.sen2.xml_stream.PIECE", size)
    found = read(START + people + END)
    assert found.problems == expected.problems
    assert names(found) == names(expected) == ["Ash", "Bénoît", "Elder", "Fir"]
    for name, frame in found.tables.items():
        assert frame.equals(expected.tables[name])


def test_every_problem_has_a_sentence_and_an_action() -> None:
    texts = (GOOD[:-40], GOOD + "x", GOOD.replace("Ash", "A&h"), GOOD.replace("Surname", "Sirname"))
    for problem in itertools.chain.from_iterable(read(text).problems for text in texts):
        assert problem.message.endswith(".")
        assert problem.action.endswith(".")
        assert problem.line > 0


def test_a_million_empty_records_far_down_a_file_take_no_longer_than_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their lines have to be worked out from neighbours, of which there are very many, all as empty."""
    monkeypatch.setattr(limits, "RECORD_BYTES", 150_000)
    start = START.replace("<Persons>", "\n" * 66_000 + "<Persons>") + "<Person>"
    with pytest.raises(RefusedError, match="without the end of a Person"):
        read_stream(cast(BinaryIO, Endless(start, "<Requests/>")), source="endless.xml")
    ret = read(start + "<Requests/>" * 5_000 + "</Person>" + END)
    assert ret.tables["requests"].height == 5_000
