"""What leaves under --publish: no count of 1 to 4 and no person's reference, seen from outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rightplace.area import store


def test_a_published_report_names_no_person(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "rightplace"]
    subprocess.run([*words, "example", tmp_path / "e", "--plans", "500"], check=True, capture_output=True)
    page = tmp_path / "r.html"
    subprocess.run(
        [*words, "report", tmp_path / "e" / "area", "--futures", "50", "--years", "3", "--out", page, "--publish"],
        check=True,
        capture_output=True,
    )
    text = page.read_text(encoding="utf-8")
    people = store.load(tmp_path / "e" / "area")["people"]
    assert not [person for person in people["person_id"] if person in text]
    assert not [postcode for postcode in people["postcode"].drop_nulls().unique() if postcode in text]
