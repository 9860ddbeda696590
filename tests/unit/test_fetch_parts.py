"""The parts of fetching that need no server: addresses, waits, the catalogue and what is a table."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine

from rightplace.errors import DataError, RefusedError, UserError
from rightplace.returns.fetch import manifest
from rightplace.returns.fetch.address import check_address
from rightplace.returns.fetch.arrived import examine
from rightplace.returns.fetch.catalogue import DataSet, Residents, catalogue, choose
from rightplace.returns.fetch.manifest import Held
from rightplace.returns.fetch.patience import Patience, TryAgain, asked_wait, persist
from rightplace.returns.fetch.place import SERVICES
from rightplace.returns.fetch.residents import place
from rightplace.returns.fetch.schools_register import places


@pytest.mark.parametrize(
    "url", ["https://example.org/a", "http://127.0.0.1:8000/a", "http://localhost/a", "http://[::1]:80/"]
)
def test_secure_addresses_and_plain_ones_of_this_machine_are_allowed(url: str) -> None:
    check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "https:///nowhere",
        "example.org/a",
        "data:text/csv,a",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(RefusedError, match="not a secure"):
        check_address(url)


def test_a_service_elsewhere_may_not_send_a_request_to_this_machine() -> None:
    with pytest.raises(RefusedError, match="which is this machine"):
        check_address("http://127.0.0.1/secret", sent_from="https://example.org/")
    with pytest.raises(RefusedError, match="which is this machine"):
        check_address("https://localhost/secret", sent_from="https://example.org/")
    check_address("http://127.0.0.1/b", sent_from="http://127.0.0.1/a")


def test_the_services_are_asked_securely() -> None:
    for url in (SERVICES.ees, SERVICES.listing, SERVICES.data_catalogue, SERVICES.nomis, SERVICES.gias):
        assert url.startswith("https://")
        assert not url.endswith("/")


@time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+00:00"), tick=False)
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        ("Fri, 20 Nov 2026 12:02:00 GMT", 120.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_the_wait_a_service_asks_for(header: str | None, seconds: float | None) -> None:
    """RFC 9110 section 10.2.3: a number of seconds, or a date."""
    assert asked_wait(header) == seconds


def test_waits_double_to_a_limit_and_the_last_problem_is_raised() -> None:
    waits: list[float] = []
    patience = Patience(attempts=6, first_wait=1, longest_wait=5, sleep=waits.append)
    tries = iter(range(1, 100))

    def fail() -> None:
        raise TryAgain(UserError(f"Try {next(tries)} failed."))

    with pytest.raises(UserError, match="Try 6 failed"):
        persist(patience, fail)
    assert waits == [1, 2, 4, 5, 5]


def test_names_files_and_addresses_of_the_catalogue_are_sound() -> None:
    sources = catalogue()
    assert len({source.name for source in sources}) == len({source.file for source in sources}) == len(sources)
    assert not {source.name for source in sources} & {source.group for source in sources} - {"population"}
    for source in sources:
        assert re.fullmatch(r"[a-z]+/[a-z0-9_]+\.csv", source.file)
        assert set(source.verified) <= {"title", "address", "columns"}
        assert source.evidence
        assert 1_000_000 <= source.largest <= 500_000_000
        if isinstance(source.origin, DataSet):
            assert uuid.UUID(source.origin.known_id)
            assert uuid.UUID(source.origin.publication.id)


def test_choosing_by_name_group_or_all() -> None:
    assert choose(None) == choose([]) == catalogue()
    assert [source.name for source in choose(["gias_links", "gias"])] == ["gias", "gias_links"]
    assert {source.group for source in choose(["plans"])} == {"plans"}
    with pytest.raises(UserError, match="Choose from assessments, capacity"):
        choose(["zzz"])


def test_the_register_is_looked_for_from_the_day_back_to_a_week_before() -> None:
    (gias,) = (source for source in catalogue() if source.name == "gias")
    found = list(places(gias.origin, date(2026, 3, 3), SERVICES))  # type: ignore[arg-type]
    assert found[0].url == SERVICES.gias + "/edubasealldata20260303.csv"
    assert found[-1].url == SERVICES.gias + "/edubasealldata20260224.csv"
    assert len(found) == 8


def test_the_address_of_the_population_estimates_has_every_authority_and_is_not_too_long() -> None:
    """The longest address that every web server must take is not fixed; 8,000 characters is advised (RFC 9110 section 4.1)."""
    found = place(Residents(data_set="NM_2002_1", years=6), date(2026, 11, 20), SERVICES)
    assert found.url.count("E0") + found.url.count("E10") >= 153
    assert len(found.url) < 8000


def test_what_was_fetched_is_written_and_read_again(tmp_path: Path) -> None:
    held = {
        "one": Held(
            file="a/b.csv", url="https://x/?a=1", edition='The "first" – é\u007f', when="2026", sha256="0", rows=3
        ),
        "two": Held(
            file="c.csv",
            url="u",
            edition="e",
            when="w",
            sha256="s",
            rows=0,
            identity="i",
            etag='W/"e"',
            last_modified="m",
        ),
    }
    manifest.write(tmp_path, held)
    assert manifest.read(tmp_path) == held
    assert manifest.read(tmp_path / "empty") == {}


def test_one_of_two_columns_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("\ufeffa,b_new\r\n1,2\r\n".encode())
    assert examine(file, ("a", "b|b_new"), url="").columns == ("a", "b_new")
    with pytest.raises(DataError, match="c or d is not in the file"):
        examine(file, ("a", "c|d"), url="")
