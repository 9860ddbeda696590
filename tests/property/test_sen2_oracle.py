"""Reading XML against a slow reader made of other parts: ElementTree for the records, expat for their lines."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections import defaultdict
from xml.parsers import expat
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from rightplace.returns.sen2.frames import parent_row
from rightplace.returns.sen2.layout import BY_NAME, TABLES, Table
from rightplace.returns.sen2.xml_reader import read_stream

START = (
    '<?xml version="1.0"?>\n<Message><Header><Collection>SEN2</Collection><Year>2025</Year>'
    "<ReferenceDate>2025-01-16</ReferenceDate></Header>{}<Persons>"
)
RECORDS = {table.xml.lower(): table for table in TABLES if table.parent}
spellings = st.sampled_from([str, str, str.lower, str.upper, str.swapcase])
spaces = st.sampled_from(["", "", " ", "\n", "\n  ", "\r\n", "\n<!-- <Person> -->", "<?p q?>", "\n\n\t"])
values = st.sampled_from(["1", "2025-02-03", "  padded\n", "", " \n ", "Zoë & <Co>", "two\nlines", "a<!-- x -->b"])


@st.composite
def elements(draw: st.DrawFn, table: Table, attributes: tuple[str, ...]) -> str:
    """One record: its items in any order among the records under it, names in any case."""
    spell = draw(spellings)
    names = draw(
        st.lists(st.sampled_from([item.xml for item in table.items if item.xml != "UPN"]), unique=True, max_size=4)
    )
    children = [f"<{spell(name)}>{_escaped(draw(values))}</{spell(name)}>" for name in names]
    below = [other for other in TABLES if other.parent == table.name]
    for other in draw(st.lists(st.sampled_from(below), max_size=3)) if below else []:
        children.append(draw(elements(other, attributes)))
    parts = "".join(draw(spaces) + child for child in draw(st.permutations(children)))
    name, attribute = spell(table.xml), draw(st.sampled_from(attributes))
    return f"<{name}{attribute}>{parts}{draw(spaces)}</{name}>"


def _escaped(value: str) -> str:
    before, comment, after = value.partition("<!-- x -->")
    return escape(before) + comment + escape(after)


def slow_records(text: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = defaultdict(list)

    def record(element: ET.Element, table: Table, above: int) -> None:
        number = len(found[table.name])
        row: dict[str, object] = {"row": number, parent_row(table) or "": above}
        found[table.name].append(row)
        by_name = {item.xml.lower(): item.name for item in table.items}
        row.update(dict.fromkeys(by_name.values()))
        for child in element:
            below = RECORDS.get(child.tag.lower())
            if below is not None:
                record(child, below, number)
            else:
                row[by_name[child.tag.lower()]] = (child.text or "").strip() or None

    for child in ET.fromstring(text).find("Persons") or ():
        record(child, RECORDS["person"], 0)
    return found


def slow_lines(text: str) -> dict[str, list[int]]:
    """The line on which each record's start tag ends: where expat is once it has seen it, less what follows it."""
    found: dict[str, list[int]] = defaultdict(list)
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.lower() in RECORDS:
            at = text.encode().index(b">", parser.CurrentByteIndex)
            found[RECORDS[name.lower()].name].append(text.encode()[:at].count(b"\n") + 1)

    parser.StartElementHandler = start
    parser.Parse(text.encode(), True)
    return found


def compare(people: list[str], between: str, lines_before: int) -> None:
    text = START.format("\n" * lines_before) + "".join(between + one for one in people) + "\n</Persons></Message>"
    ret = read_stream(io.BytesIO(text.encode()), source="made.xml")
    records, lines = slow_records(text), slow_lines(text)
    for table in TABLES[1:]:
        frame = ret.tables[table.name]
        assert frame.drop("line").to_dicts() == records[table.name]
        assert frame["line"].to_list() == lines[table.name]
    assert ret.problems == ()


@given(st.lists(elements(BY_NAME["person"], ("", ' a="b"', "\n", '\n a="b"\n')), max_size=3), spaces)
def test_records_and_lines(people: list[str], between: str) -> None:
    compare(people, between, 0)


@given(st.lists(elements(BY_NAME["person"], ("", ' a="b"')), max_size=3), spaces, st.integers(65_534, 65_540))
def test_lines_past_the_sixteen_bits_libxml2_keeps(people: list[str], between: str, lines_before: int) -> None:
    """Tags are on one line and people hold some text: where a record holds none, the reader has to count line ends.

    It cannot see those inside tags, nor those before the first person.
    """
    ended = ["<UPN>x</UPN></".join(one.rsplit("</", 1)) for one in people]
    compare(ended, between, lines_before)
