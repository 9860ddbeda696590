"""What every test may use: the open-data folder, and hypothesis settings that repeat."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "everyday", max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def open_data() -> Path:
    """The folder of published open data, or a skip that says where it was looked for."""
    folder = Path(os.environ.get("RIGHTPLACE_OPEN_DATA", CHECKOUT.parent / "shared" / "data"))
    if not (folder / "ehcp_2025" / "caseload.parquet").is_file():
        pytest.skip(f"published open data not found in {folder}; set RIGHTPLACE_OPEN_DATA to its folder")
    return folder


NOT_FOR_ROOT = "the administrator may read and write everything"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if anything was skipped where RIGHTPLACE_NO_SKIP says that everything must run.

    What only a user without root's rights can show is let through.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("RIGHTPLACE_NO_SKIP") or reporter is None:
        return
    skipped = [report for report in reporter.stats.get("skipped", []) if NOT_FOR_ROOT not in str(report.longrepr)]
    if skipped:
        reporter.write_line(f"RIGHTPLACE_NO_SKIP is set, and {len(skipped)} tests were skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
