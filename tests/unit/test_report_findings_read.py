"""The list of findings that ``rightplace check --csv`` wrote, as the report counts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rightplace.errors import UserError
from rightplace.report.inputs import FindingsSummary


def test_findings_are_counted_by_rule_worst_first(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    path.write_text("rule,severity,person\nA13,query,x\nP01,error,y\nA13,query,z\n")
    assert FindingsSummary.read(path).frame.rows() == [("error", "P01", 1), ("query", "A13", 2)]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "rule,severity\nP01,dreadful\n", "rule,severity\nP01,\n"])
def test_any_other_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "findings.csv"
    path.write_text(text)
    with pytest.raises(UserError, match="not a list of findings"):
        FindingsSummary.read(path)


def test_a_list_with_no_findings_is_a_clean_return(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    path.write_text("rule,severity,person\n")
    assert FindingsSummary.read(path).frame.is_empty()
