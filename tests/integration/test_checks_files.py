"""From a file to its findings: the place a finding names is the place in the file."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from rightplace.returns.checks.run import check
from rightplace.returns.sen2.blade_reader import read_blade
from rightplace.returns.sen2.blade_writer import write_blade
from rightplace.returns.sen2.xml_reader import read_xml
from rightplace.returns.sen2.xml_writer import write_xml

_spec = importlib.util.spec_from_file_location(
    "checks_return", Path(__file__).resolve().parents[1] / "spec" / "checks_return.py"
)
assert _spec is not None
assert _spec.loader is not None
samples: Any = importlib.util.module_from_spec(_spec)
sys.modules["checks_return"] = samples
_spec.loader.exec_module(samples)


def clean() -> Any:
    return samples.make_return(samples.clean_tables(2026), 2026)


def test_a_clean_return_written_and_read_has_no_findings(tmp_path: Path) -> None:
    write_xml(clean(), tmp_path / "sen2.xml")
    assert check(read_xml(tmp_path / "sen2.xml")).frame.to_dicts() == []


def test_the_line_named_holds_the_record_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "sen2.xml"
    write_xml(clean(), path)
    path.write_text(path.read_text(encoding="utf-8").replace("<SENtype>MLD<", "<SENtype>MILD<"), encoding="utf-8")
    frame = check(read_xml(path)).frame
    assert frame["rule"].to_list() == ["L24"]
    line = int(frame["location"][0].removeprefix("line ").removesuffix(" (SENneed)"))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert "<SENneed>" in lines[line - 1]
    assert "MILD" in lines[line]


def test_a_file_on_one_line_names_the_record_instead(tmp_path: Path) -> None:
    path = tmp_path / "sen2.xml"
    write_xml(clean(), path)
    lines = path.read_text(encoding="utf-8").replace("<SENtype>MLD<", "<SENtype>MILD<").splitlines()
    path.write_text("".join(line.strip() for line in lines), encoding="utf-8")
    frame = check(read_xml(path)).frame
    assert frame.select("rule", "location").rows() == [("L24", "SENneed record 4")]


def test_a_clean_blade_export_has_no_findings_and_a_spoilt_one_names_the_row_a_spreadsheet_shows(
    tmp_path: Path,
) -> None:
    write_blade(clean(), tmp_path)
    assert check(read_blade(tmp_path)).frame.to_dicts() == []
    [needs] = tmp_path.glob("*senneed.csv")
    text = needs.read_text(encoding="utf-8")
    needs.write_text(text.replace("MLD", "MILD"), encoding="utf-8")
    frame = check(read_blade(tmp_path)).frame
    row = 1 + next(at for at, line in enumerate(text.splitlines()) if "MLD" in line)
    assert frame.select("rule", "location").rows() == [("L24", f"senneed row {row}")]


def test_a_blade_export_without_a_table_says_so_once(tmp_path: Path) -> None:
    write_blade(clean(), tmp_path)
    [placements] = tmp_path.glob("*placementdetail.csv")
    placements.unlink()
    findings = check(read_blade(tmp_path))
    assert findings.frame["rule"].to_list() == ["F20"]
    assert findings.frame["location"].to_list() == ["the placementdetail table"]


def test_a_blade_export_with_a_column_renamed_says_so_once(tmp_path: Path) -> None:
    write_blade(clean(), tmp_path)
    [requests] = tmp_path.glob("*requests.csv")
    requests.write_text(
        requests.read_text(encoding="utf-8").replace("requestoutcomedate", "outcome_date", 1), encoding="utf-8"
    )
    findings = check(read_blade(tmp_path))
    assert set(findings.frame["rule"]) == {"F21"}
    assert "R05" in {item.rule for item in findings.not_run}
