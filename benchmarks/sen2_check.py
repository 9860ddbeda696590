"""Time of the checks alone, on a return already read: ``python benchmarks/sen2_check.py [--people N] [FILE.xml]``.

With a file, that file is read and checked. Without one, the eight people of the tests' clean return are repeated in
memory to N people, each with a number of their own. Target: a return of 100,000 people checked in at most twice the time
of a bare lxml parse of its file, within 1.5 GB for the whole process.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import sys
import time
from pathlib import Path
from types import ModuleType

import polars as pl

from rightplace.returns.checks.run import check
from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Sen2Return
from rightplace.vocabulary.identifier import make_uln, make_upn

SAMPLE = Path(__file__).resolve().parents[1] / "tests" / "spec" / "checks_return.py"
EDITION = 2026


def main() -> None:
    """Check once to warm up and three times for the clock, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("file", nargs="?", type=Path)
    arguments = parser.parse_args()
    ret = _repeated(arguments.people) if arguments.file is None else _read(arguments.file)
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        findings = check(ret)
        seconds.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    records = sum(frame.height for frame in ret.tables.values())
    print(f"{findings.people:,} people, {records:,} records, {findings.frame.height:,} findings {findings.by_severity}")
    print(f"check: first {seconds[0]:.2f} s, best {min(seconds):.2f} s; most memory of the process {memory:.2f} GB")
    if arguments.file is not None:
        parse = _bare_parse(arguments.file)
        print(f"bare lxml parse: {parse:.2f} s; check is {min(seconds) / parse:.2f} times that")


def _read(path: Path) -> Sen2Return:
    from rightplace.returns.sen2.xml_reader import read_xml

    start = time.perf_counter()
    ret = read_xml(path)
    print(f"read: {time.perf_counter() - start:.2f} s")
    return ret


def _bare_parse(path: Path) -> float:
    from lxml import etree

    start = time.perf_counter()
    for _, element in etree.iterparse(str(path), tag="Person"):
        element.clear()
    return time.perf_counter() - start


def _repeated(people: int) -> Sen2Return:
    small: Sen2Return = (sample := _sample()).make_return(sample.clean_tables(EDITION), EDITION)
    copies = -(-people // small.tables["person"].height)
    tables = {name: _tile(frame, name, copies, small) for name, frame in small.tables.items()}
    tables["person"] = _numbered(tables["person"])
    return Sen2Return(edition=EDITION, source="repeated", sha256="", tables=tables)


def _tile(frame: pl.DataFrame, name: str, copies: int, small: Sen2Return) -> pl.DataFrame:
    if name == "sen2":
        return frame
    parent = BY_NAME[name].parent or ""
    copy = pl.DataFrame({"copy": range(copies)}, schema={"copy": pl.UInt32})
    above = 0 if parent == "sen2" else small.tables[parent].height
    lines = sum(table.height for table in small.tables.values())
    return (
        copy.join(frame, how="cross")
        .with_columns(
            pl.col("row") + pl.col("copy") * frame.height,
            pl.col(f"{parent}_row") + pl.col("copy") * above,
            pl.col("line") + pl.col("copy") * lines,
        )
        .drop("copy")
    )


def _numbered(person: pl.DataFrame) -> pl.DataFrame:
    upns = [make_upn("302", f"{row // 1000:04d}", 2020, row % 1000) for row in range(person.height)]
    ulns = [make_uln(row) for row in range(person.height)]
    names = pl.format("Name{}", "row")
    return person.with_columns(
        pl.when(pl.col("upn").is_not_null()).then(pl.Series(upns)).alias("upn"),
        pl.when(pl.col("uln").is_not_null()).then(pl.Series(ulns)).alias("uln"),
        names.alias("surname"),
    )


def _sample() -> ModuleType:
    spec = importlib.util.spec_from_file_location("checks_return", SAMPLE)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{SAMPLE} is not there.")
    module = importlib.util.module_from_spec(spec)
    sys.modules["checks_return"] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
