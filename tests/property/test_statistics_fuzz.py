"""Spoilt files: whatever is in them, the readers give what is good, or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.errors import UserError
from rightplace.returns.gias.reader import read_gias
from rightplace.returns.statistics.build import national_from_statistics

GOOD = (
    "time_period,geographic_level,old_la_code,breakdown_topic,breakdown,ehcplans,mainstream_la_maintained,neet\n"
    "202425,Local authority,302,All EHC plans,All EHC plans,60,50,10\n"
    '202324,Local authority,303,All EHC plans,"All EHC plans",x,c,~\n'
    "202425,Local authority,302,Child or young persons age,age 7,60,50,10\n"
)
REGISTER = (
    '"URN","LA (code)","EstablishmentName","TypeOfEstablishment (code)","SEN1 (name)","OpenDate","Easting"\n'
    '"100001","302","A School","01","SpLD - Specific","01-09-2012","528230"\n"100002","302","B","44","","",""\n'
)


def told(error: UserError) -> None:
    """The sentence says what is wrong and what to do."""
    assert error.what
    assert error.action


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A good file with pieces cut out, put in, repeated or overwritten."""
    content = bytearray(text.encode(draw(st.sampled_from(["utf-8", "windows-1252", "utf-16"]))))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        junk = st.one_of(
            st.binary(max_size=20),
            st.sampled_from([b'"', b",", b"\n", b"\x00", b"\xff\xfe", b"999999999999999999", b"-1", b"NaN", b"1e400"]),
        )
        content[start:end] = draw(junk)
    return bytes(content)


@given(content=spoilt(GOOD))
def test_spoilt_statistics_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / "caseload.csv").write_bytes(content)
    try:
        national = national_from_statistics(folder)
    except UserError as error:
        told(error)
        return
    for code in national.la_codes:
        assert national.area(code).la_code == code


@given(content=spoilt(REGISTER))
def test_spoilt_registers_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path: Path = tmp_path_factory.mktemp("spoilt") / "edubasealldata20260512.csv"
    path.write_bytes(content)
    try:
        settings, source = read_gias(path)
    except UserError as error:
        told(error)
        return
    assert settings.height == source.rows_kept
    assert source.rows_kept + sum(refusal.rows for refusal in source.refused) == source.rows_in
