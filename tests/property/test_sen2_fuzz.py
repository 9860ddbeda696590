"""Readers under bytes cut, doubled, swapped and strewn with the marks that matter: only sentences come out."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.errors import UserError
from rightplace.returns.sen2.layout import TABLES
from rightplace.returns.sen2.reader import read

HARNESS: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[1] / "fuzz" / "fuzz_sen2.py"))
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2025</Year>
<ReferenceDate>2025-01-16</ReferenceDate></CollectionDetails><Source><LEA>302</LEA></Source></Header>
<Persons><!-- one --><Person><Surname>Ash &amp; Co</Surname><UPN>x</UPN><Requests><RYA>0</RYA><Assessment><NamedPlan>
<StartDate>2024-01-02</StartDate><PlanDetail><URN>1</URN></PlanDetail></NamedPlan></Assessment><ActivePlans>
<PlacementDetail><URN>1</URN></PlacementDetail><SENneed><SENtype>ASD</SENtype></SENneed></ActivePlans></Requests></Person>
<Person><Surname>B\xc3\xa9noit</Surname></Person></Persons></Message>
"""
MARKS = [
    b"<", b">", b"</", b"/>", b"&", b";", b"\x00", b"\xff", b"\xe9", b"\xef\xbb\xbf", b"\xff\xfe", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"<?", b"?>", b"<!DOCTYPE a>", b"<Person>", b"</Person>", b"<Persons>", b"</Message>",
    b"<Header/>", b' xmlns="a"', b"a:", b"&#0;", b"&#xD800;", b"utf-16", b",", b'"', b"\r", b"\n", b";", b"\t", b"1.0",
    b"1E+12", b"01/02/2024", b"=", b"2022", b"99999999999999999999", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file after one to five small accidents."""
    data = good
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.sampled_from([0, 0, 1, 2, 10, 100, 1000])), len(data))
        middle = draw(st.sampled_from(MARKS) | st.binary(max_size=4) | st.just(data[start:end] * 2))
        data = data[:start] + middle + data[end:]
    return data


@settings(max_examples=settings().max_examples * 5)
@given(spoilt(XML))
def test_xml(data: bytes) -> None:
    HARNESS["fuzz_xml"](data)


@given(spoilt(XML.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")))
def test_xml_in_utf16(data: bytes) -> None:
    HARNESS["fuzz_xml"](data)


@settings(max_examples=settings().max_examples * 5)
@given(st.data(), st.integers(0, len(TABLES) - 1))
def test_blade(data: st.DataObject, number: int) -> None:
    good = HARNESS["good_tables"]()[TABLES[number].name]
    HARNESS["fuzz_blade"](bytes([number]) + data.draw(spoilt(good)))


@given(
    data=st.binary(max_size=200) | spoilt(XML) | spoilt(b"PK\x03\x04" + bytes(60)),
    name=st.sampled_from(["a.xml", "a.csv", "a.zip", "a.xlsx", "x_person.csv", "a"]),
)
def test_any_bytes_under_any_name(data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(data)
    try:
        read([path])
    except UserError as error:
        HARNESS["speaks"](error.what, error.action)
