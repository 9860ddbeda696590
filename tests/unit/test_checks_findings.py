"""What the findings of a return say: who, where, in what order, what was not looked at, and how they are written down."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.returns.checks import wording
from rightplace.returns.checks.catalogue import markdown
from rightplace.returns.checks.findings import SCHEMA, Findings, write_csv
from rightplace.returns.checks.rule import ERROR, Rule, inferred
from rightplace.returns.checks.rules import RULES
from rightplace.returns.checks.run import check
from rightplace.returns.sen2.record import Problem

_spec = importlib.util.spec_from_file_location(
    "checks_return", Path(__file__).resolve().parents[1] / "spec" / "checks_return.py"
)
assert _spec is not None
assert _spec.loader is not None
samples: Any = importlib.util.module_from_spec(_spec)
sys.modules["checks_return"] = samples
_spec.loader.exec_module(samples)


def spoilt(**options: Any) -> Findings:
    """Five faults: in the header, at a UPN, at a ULN, at someone with neither, and in a placement."""
    tables = samples.clean_tables(2026)
    tables["sen2"][0]["serial_no"] = "1"
    tables["person"][0]["ethnicity"] = "=1+1"
    tables["person"][2]["postcode"] = None
    tables["person"][3]["sex"] = "X"
    tables["placementdetail"][0]["entry_date"] = "03/09/2025"
    return check(samples.make_return(tables, 2026, **options))


def test_a_person_is_called_by_number_and_never_by_name() -> None:
    findings = spoilt()
    people = findings.frame.filter(pl.col("table") != "sen2")["person"].to_list()
    upn, uln = samples.make_upn("302", "1000", 2020, 0), samples.make_uln(0)
    assert people == [upn, uln, "person 4 in the file", upn]
    assert findings.frame["person"][0] == ""
    text = findings.frame.write_csv()
    assert not any(name in text for name in ("New", "Leaver", "Asker", "Sam"))


def test_the_place_is_a_line_and_an_element_where_lines_are_known() -> None:
    lines = samples.make_return(samples.clean_tables(2026), 2026).tables["placementdetail"]["line"]
    locations = spoilt().frame["location"].to_list()
    assert locations[0] == f"line {samples.FIRST_LINE} (Header)"
    assert locations[-1] == f"line {lines[0]} (PlacementDetail)"


def test_the_place_is_a_record_where_lines_are_not_known() -> None:
    locations = set(spoilt(lines=False).frame["location"])
    assert {"Header record 1", "Person record 4", "PlacementDetail record 1"} <= locations


def test_findings_come_in_the_order_of_the_file_then_of_the_rules() -> None:
    findings = spoilt()
    assert findings.frame["rule"].to_list() == ["H07", "P03", "P07", "P02", "V01"]
    assert findings.frame.equals(spoilt().frame)


def test_a_date_that_cannot_be_read_is_found_once_and_not_as_missing() -> None:
    tables = samples.clean_tables(2026)
    for table, item in (
        ("person", "birth_date"), ("requests", "received_date"), ("requests", "request_outcome_date"),
        ("assessment", "assessment_outcome_date"), ("namedplan", "start_date"), ("namedplan", "cease_date"),
        ("activeplans", "review_meeting"), ("activeplans", "last_review"), ("placementdetail", "entry_date"),
        ("placementdetail", "leaving_date"), ("activeplans", "phase_transfer_due_date"),
    ):  # fmt: skip
        for record in tables[table]:
            if record.get(item):
                record[item] = "01/02/2024"
    found = check(samples.make_return(tables, 2026)).frame
    assert set(found["rule"]) == {"V01"}
    assert found.height == sum(
        text == "01/02/2024" for records in tables.values() for record in records for text in record.values()
    )


def test_counts_are_given_by_severity_and_by_rule() -> None:
    findings = spoilt()
    assert findings.by_severity == {"error": 4, "query": 1, "advice": 0}
    assert findings.has_errors
    assert findings.people == 8
    assert findings.by_rule["severity"].to_list() == ["error"] * 4 + ["query"]
    assert findings.by_rule["findings"].sum() == findings.frame.height


def test_faults_the_reader_found_become_findings_and_are_not_found_twice() -> None:
    tables = samples.clean_tables(2026)
    tables["person"][0]["forename"] = "S\ufffdm"
    problem = Problem("H12", "A byte is not UTF-8.", 12, "Save the file as UTF-8.", "person", "0xE9", "error")
    advice = Problem("F07", "Elements have a namespace.", 0, "Leave it out.", "", "", "advice")
    findings = check(samples.make_return(tables, 2026, problems=(problem, advice)))
    rows = findings.frame.select("rule", "severity", "location", "message", "value").rows()
    assert rows == [
        ("F07", "advice", "the whole return", "Elements have a namespace.", ""),
        ("H12", "error", "line 12 (Person)", "A byte is not UTF-8.", "0xE9"),
    ]
    assert {item.rule: item.reason for item in findings.not_run}["H12"] == "The reader has found and reported it."


def test_rules_that_lack_an_input_are_listed_with_the_reason() -> None:
    findings = check(samples.make_return(samples.clean_tables(2026), 2026))
    reasons = {item.rule: item.reason for item in findings.not_run}
    assert "list of settings" in reasons["N07"]
    assert "last year's return" in reasons["Y01"]
    assert "population" in reasons["Y07"]
    assert set(reasons) == {rule.id for rule in RULES if rule.needs or not rule.applies(2026)}


@pytest.mark.parametrize(
    ("edition", "lea", "words"),
    [(2024, "302", "January 2024"), (2025, "330", "same authority"), (2025, None, "no authority")],
)
def test_a_return_that_is_not_last_years_is_not_compared(edition: int, lea: str | None, words: str) -> None:
    tables = samples.clean_tables(edition)
    tables["sen2"][0]["lea"] = lea
    findings = check(
        samples.make_return(samples.clean_tables(2026), 2026), previous=samples.make_return(tables, edition)
    )
    assert words in {item.rule: item.reason for item in findings.not_run}["Y11"]
    assert findings.frame.is_empty()


def test_a_table_that_is_not_there_is_one_finding_not_hundreds() -> None:
    tables = samples.clean_tables(2026)
    tables["placementdetail"].clear()
    missing = Problem("F20", "There is no placementdetail table.", 0, "Export it again.", "placementdetail")
    findings = check(samples.make_return(tables, 2026, problems=(missing,)))
    assert findings.frame["rule"].to_list() == ["F20"]
    reasons = {item.rule: item.reason for item in findings.not_run}
    assert reasons["L03"] == reasons["L15"] == "The table placementdetail could not be read."
    assert "L23" not in reasons


@pytest.mark.parametrize(
    ("table", "column"), [("activeplans", "activeplanstableid"), ("placementdetail", "activeplanstableid")]
)
def test_records_that_could_not_be_joined_are_not_called_missing(table: str, column: str) -> None:
    tables = samples.clean_tables(2026)
    tables["placementdetail"].clear()
    if table == "activeplans":
        tables["senneed"].clear()
    missing = Problem("F21", "A column is missing.", 1, "Export it again.", table, column)
    findings = check(samples.make_return(tables, 2026, problems=(missing,)))
    assert findings.frame["rule"].to_list() == ["F21"]


def test_a_column_that_is_not_there_is_one_finding_not_hundreds() -> None:
    tables = samples.clean_tables(2026)
    for record in tables["requests"]:
        record.pop("rya", None)
    missing = Problem("F21", "The requests table has no rya column.", 0, "Name it rya.", "requests", "rya")
    findings = check(samples.make_return(tables, 2026, problems=(missing,)))
    assert findings.frame["rule"].to_list() == ["F21"]
    assert {item.rule: item.reason for item in findings.not_run}["R03"] == "The column requests.rya could not be read."


def test_records_with_nothing_above_them_are_checked_on_their_own() -> None:
    """A Blade row whose parent is not in the export: its own faults are found, and nothing is said of its person."""
    ret = samples.make_return(samples.clean_tables(2026), 2026)
    orphans = {
        **ret.tables,
        "placementdetail": ret.tables["placementdetail"].with_columns(
            pl.lit(None, dtype=pl.UInt32).alias("activeplans_row"), pl.lit("9").alias("placement_rank")
        ),
    }
    found = check(type(ret)(edition=2026, source="x", sha256="", tables=orphans)).frame.filter(pl.col("rule") == "L11")
    assert found.height == ret.tables["placementdetail"].height
    assert set(found["person"]) == {""}


def test_progress_is_told_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    check(
        samples.make_return(samples.clean_tables(2026), 2026),
        progress=lambda done, asked, what: seen.append((done, asked)),
    )
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1][0] == seen[-1][1]


def test_findings_are_written_so_that_a_spreadsheet_runs_no_formula(tmp_path: Path) -> None:
    """OWASP, "CSV Injection": a cell that starts with = + - or @ may be run."""
    path = tmp_path / "findings.csv"
    findings = spoilt()
    write_csv(findings.frame, path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == list(SCHEMA)
    assert list(rows[0])[:5] == ["rule", "severity", "person", "location", "message"]
    assert len(rows) == findings.frame.height
    assert [row["value"] for row in rows if row["rule"] == "P03"] == ["'=1+1"]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())
    assert [file.name for file in tmp_path.iterdir()] == ["findings.csv"]


def test_findings_that_cannot_be_written_leave_the_old_file(tmp_path: Path) -> None:
    folder = tmp_path / "findings.csv"
    folder.mkdir()
    with pytest.raises(UserError):
        write_csv(spoilt().frame, folder)
    assert folder.is_dir()


def test_no_findings_are_written_as_a_header(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    write_csv(check(samples.make_return(samples.clean_tables(2026), 2026)).frame, path)
    assert path.read_text(encoding="utf-8").splitlines() == [",".join(SCHEMA)]


def test_names_and_free_text_are_never_shown() -> None:
    rule = RULES[0]
    shown = pl.DataFrame({"surname": ["Smith"], "forename": [None]}).select(
        wording.value(_named(rule, ("Surname", "Forename")), ["surname", "forename"])
    )
    assert shown.item() == "Surname given, Forename missing"


def _named(rule: Rule, fields: tuple[str, ...]) -> Rule:
    return Rule(
        id=rule.id, table="person", severity=ERROR, title="T", message="M.", action="A.", fields=fields,
        basis=inferred("nobody"), when=pl.lit(value=True),
    )  # fmt: skip


def test_a_rule_needs_one_way_to_fail() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Rule(
            id="X01",
            table="person",
            severity=ERROR,
            title="T",
            message="M.",
            action="A.",
            fields=(),
            basis=inferred("nobody"),
        )


def test_the_catalogue_has_a_row_for_every_rule() -> None:
    rows = [line for line in markdown().splitlines() if line.startswith("| ") and line[2:3] in "HPRANLVY"]
    assert [line.split(" | ")[0].removeprefix("| ") for line in rows] == sorted(
        (rule.id for rule in RULES), key=lambda id: ("HPRANLVY".index(id[0]), id)
    )
    assert all(line.count(" | ") == 6 for line in rows)
    assert "advice 2025, error 2026" in markdown()


def test_the_method_note_gives_the_condition_of_every_rule() -> None:
    note = (Path(__file__).resolve().parents[2] / "docs" / "methods" / "checks.md").read_text(encoding="utf-8")
    described = [line.split(" | ")[0].removeprefix("| ") for line in note.splitlines() if line.startswith("| ")]
    assert {rule.id for rule in RULES} <= set(described)
