"""``rightplace clock`` and its case file: the page's own example, and every way of getting a file wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from rightplace.casework import case_file
from rightplace.cli import clock
from rightplace.errors import DATA_FAILS, REFUSED, USAGE, DataError, UserError

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "see-the-clock-of-a-case.md"
APP = typer.Typer()
APP.command()(clock.run)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of the documentation, as a file."""
    file = tmp_path / "case.yaml"
    file.write_text(re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)[0], encoding="utf-8")
    return file


def shown(*words: str) -> str:
    result = CliRunner().invoke(APP, list(words), catch_exceptions=False)
    assert result.exit_code == 0
    return " ".join(result.output.split())


def test_the_example_of_the_page_is_shown_to_an_officer(example: Path) -> None:
    """State, deadlines with their days, what may and may not happen."""
    said = shown(str(example), "--on", "2026-05-01")
    assert "Example, on Friday 1 May 2026" in said
    assert "State: Assessing needs" in said
    assert "Issue the final plan: Due by Monday 25 May 2026, 24 days left." in said
    assert "Excused: an appointment for an examination or test was missed" in said
    assert "Decision to assess notified: The case is at “Assessing needs”." in said


def test_the_example_is_said_to_the_family_in_plain_words(example: Path) -> None:
    """No law, no list of what is barred; where to get help."""
    said = shown(str(example), "--on", "2026-05-01", "--family")
    assert "We are finding out what help your child needs." in said
    assert "If there is a plan, we must send you the final one by Monday 25 May 2026." in said
    assert "SENDIASS" in said
    assert "egulation" not in said


def test_json_says_the_same_for_programs(example: Path) -> None:
    """One object, dates as text."""
    result = CliRunner().invoke(APP, [str(example), "--on", "2026-05-01", "--json"])
    told = json.loads(result.output)
    final = next(deadline for deadline in told["deadlines"] if deadline["rule"] == "final_plan")
    assert (told["case"], told["state"]["plan"], final["due"], final["days_left"]) == (
        "Example", "assessing", "2026-05-25", 24,
    )  # fmt: skip
    assert final["status"] == "running"


def test_json_can_be_read_as_well(tmp_path: Path) -> None:
    """The same names."""
    file = tmp_path / "case.json"
    file.write_text(json.dumps({"events": [{"event": "request_received", "day": "2026-01-05"}]}), encoding="utf-8")
    assert "Due by Monday 16 February 2026" in shown(str(file), "--on", "2026-01-06")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("events:\n  - {event: final plan isued, day: 2026-01-05}", "did you mean final plan issued"),
        ("events:\n  - {event: request received, day: 5 January}", "“day” is '5 January', which is not a date like"),
        ("events:\n  - {event: request received, day: 2026-02-30}", "which is not a date like 2026-01-05"),
        ("events:\n  - {event: request received}", "“day” is missing"),
        ("events:\n  - {event: advice requested, day: 2026-01-05, adviser: psycologist}", "did you mean psychologist"),
        ("events:\n  - {event: request received, day: 2026-01-05, sorce: family}", "did you mean source"),
        ("events:\n  - {event: draft plan sent, day: 2026-01-05, names setting: maybe}", "neither true nor false"),
        ("events:\n  - {day: 2026-01-05}", "has no “event”"),
        ("events:\n  - 7", "has no “event”"),
        ("events: 7", "has a list called “events”"),
        ("[1, 2", "is not YAML"),
        ("evnts: []\nevents: []", "'evnts' is not known"),
        ("events: []\nexemptions: 3", "“exemptions” is not a list"),
        ("events: []\nexemptions: [3]", "exemption 1 is not"),
        ("events: []\nexemptions: [{deadline: finl plan}]", "did you mean final_plan"),
        ("events: []\nborn: long ago", "“born” is 'long ago'"),
    ],
)
def test_a_mistake_in_a_file_is_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    """Exit code 3: what is wrong, where, and what was probably meant."""
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(said)) as caught:
        case_file.read(file)
    assert caught.value.exit_code == DATA_FAILS


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    """Nobody mends a file one mistake at a time."""
    file = tmp_path / "case.yaml"
    file.write_text("events:\n  - {event: xxxx, day: 2026-01-05}\n  - {event: request received}", encoding="utf-8")
    with pytest.raises(DataError, match="2 mistakes"):
        case_file.read(file)


def test_a_course_the_law_does_not_allow_is_refused_with_the_rule(tmp_path: Path) -> None:
    """Exit code 4."""
    file = tmp_path / "case.yaml"
    file.write_text("events:\n  - {event: final plan issued, day: 2026-01-05}", encoding="utf-8")
    with pytest.raises(UserError, match="“Final plan issued” cannot be recorded") as caught:
        clock.run(file, on="2026-02-01")
    assert caught.value.exit_code == REFUSED
    assert "regulations 13(2)" in caught.value.where


def test_a_day_that_is_none_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Exit code 2."""
    for file, on, said in (
        (tmp_path / "no.yaml", None, "cannot be read"),
        (tmp_path / "no.yaml", "soon", "not a date"),
    ):
        with pytest.raises(UserError, match=said) as caught:
            clock.run(file, on=on)
        assert caught.value.exit_code == USAGE
    binary = tmp_path / "case.yaml"
    binary.write_bytes(b"\xff\xfe\x00events")
    with pytest.raises(DataError, match="not text"):
        case_file.read(binary)
