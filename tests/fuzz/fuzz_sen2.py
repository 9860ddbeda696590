"""Fuzzing of the SEN2 readers: whatever bytes they are given, only a ``UserError`` may come out.

    python tests/fuzz/fuzz_sen2.py xml FILE_OR_FOLDER...      every file, once each (needs nothing else)
    python tests/fuzz/fuzz_sen2.py xml --atheris FOLDER       coverage-guided and without end (needs atheris)

``blade`` in place of ``xml`` fuzzes the CSV reader: the first byte picks the table that the rest stands for,
and the other eight tables are good ones. Files that broke something are kept in ``corpus/`` and read again
by every test run (``tests/unit/test_sen2_corpus.py``). atheris is installed by hand, outside CI:
``pip install atheris``.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from rightplace.errors import UserError
from rightplace.returns.sen2.blade_files import BladeFile
from rightplace.returns.sen2.blade_reader import read_export
from rightplace.returns.sen2.frames import schema
from rightplace.returns.sen2.layout import EDITIONS, TABLES
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_stream

CORPUS = Path(__file__).with_name("corpus")


def fuzz_xml(data: bytes) -> Sen2Return | None:
    """Read bytes as an XML return; None when the reader said what is wrong."""
    return sound(lambda: read_stream(io.BytesIO(data), source="fuzz.xml", size=len(data)))


def fuzz_blade(data: bytes) -> Sen2Return | None:
    """Read bytes as one table of a Blade export, the first byte telling which; None as for XML."""
    if not data:
        return None
    changed = TABLES[data[0] % len(TABLES)].name
    files = [
        BladeFile(name=f"{name}.csv", table=name, export="fuzz", content=data[1:] if name == changed else content)
        for name, content in good_tables().items()
    ]
    return sound(lambda: read_export(files))


def good_tables() -> dict[str, bytes]:
    """Nine small tables: one record each, numbered 1."""
    made = {}
    for table in TABLES:
        above = [f"{table.parent}tableid"] if table.parent else []
        columns = [f"{table.name}tableid", *above, *(item.blade for item in table.items)]
        given = {"year": "2026", "referencedate": "2026-Jan-15 00:00:00", "serialno": "001", "transferla": "XXX"}
        values = [given.get(name, "302" if name in ("lea", "exported") else "1") for name in columns]
        made[table.name] = f"{','.join(columns)}\n{','.join(values)}\n".encode()
    return made


def sound(read: Callable[[], Sen2Return]) -> Sen2Return | None:
    """What was read, once it has been seen to be whole: every frame as declared, every record under another."""
    try:
        ret = read()
    except UserError as error:
        speaks(error.what, error.action)
        return None
    assert ret.edition in EDITIONS
    assert ret.tables["sen2"].height == 1
    for table in TABLES:
        frame = ret.tables[table.name]
        assert dict(frame.schema) == schema(table)
        assert frame["row"].to_list() == list(range(frame.height))
        if table.parent is not None:
            above = ret.tables[table.parent].height
            assert all(number < above for number in frame[f"{table.parent}_row"])
    for problem in ret.problems:
        speaks(problem.message, problem.action)
    return ret


def speaks(what: str, action: str) -> None:
    """What is wrong and what to do are each a sentence."""
    assert what.endswith("."), what
    assert action.endswith("."), action


FUZZ = {"xml": fuzz_xml, "blade": fuzz_blade}


def main(arguments: list[str]) -> None:
    """Run one of the two ways described above."""
    kind, *rest = arguments
    one = FUZZ[kind]
    if rest[:1] == ["--atheris"]:
        import atheris  # type: ignore[import-not-found]

        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *rest[1:]], one)
        atheris.Fuzz()
        return
    paths = [Path(name) for name in rest] or [CORPUS / kind]
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    for file in files:
        one(file.read_bytes())
    print(f"{len(files)} files read; nothing but sentences came out.")


if __name__ == "__main__":
    main(sys.argv[1:])
