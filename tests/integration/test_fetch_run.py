"""Published files are fetched from a server that speaks the services' documented interface, and from one that fails.

The lists, their page limits and the gzipped CSV are those of DfE's documentation of the explore education statistics
interface (https://api.education.gov.uk/statistics/docs/) and of its published program; ranges, validators and
Retry-After are those of RFC 9110.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import socket
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rightplace.errors import CancelledByUser, DataError, UserError
from rightplace.returns.fetch.catalogue import DailyFile, DataSet, Source, catalogue
from rightplace.returns.fetch.manifest import Held
from rightplace.returns.fetch.patience import Patience
from rightplace.returns.fetch.place import Addresses
from rightplace.returns.fetch.result import FetchResult, Outcome, Status
from rightplace.returns.fetch.run import fetch
from rightplace.returns.statistics.folder import read_folder
from rightplace.vocabulary import authority

_spec = importlib.util.spec_from_file_location("ees_stub", Path(__file__).with_name("ees_stub.py"))
assert _spec is not None
assert _spec.loader is not None
ees_stub: Any = importlib.util.module_from_spec(_spec)
sys.modules["ees_stub"] = ees_stub
_spec.loader.exec_module(ees_stub)
File, Fault, EHC = ees_stub.File, ees_stub.Fault, ees_stub.EHC

TODAY = date(2026, 11, 20)
BY_NAME = {source.name: source for source in catalogue()}
NOMIS = "/nomis/NM_2002_1.data.csv"
EVERYWHERE = [authority.AUTHORITIES[code].ons_code for code in authority.current(2026)]
CEASED = "Education, health and care plans which ceased during the calendar year"


@pytest.fixture
def stub() -> Iterator[Any]:
    with ees_stub.running() as running:
        yield running


class Waits(list[float]):
    """The waits that were asked for, in seconds; none is waited."""


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def bring(stub: Any, waits: Waits, tmp_path: Path) -> Callable[..., FetchResult]:
    """``fetch`` from the stub to a temporary folder, without waiting."""

    def run(*sources: str, attempts: int = 3, silence: float = 5, **more: Any) -> FetchResult:
        patience = Patience(attempts=attempts, silence=silence, sleep=waits.append)
        arguments = {"on": TODAY, "sources": sources, "patience": patience, **more}
        return fetch(tmp_path, addresses=Addresses(**stub.addresses), **arguments)

    return run


def table(name: str, rows: int = 3) -> bytes:
    """A CSV file with the columns a source must have."""
    columns = [column.split("|")[0] for column in BY_NAME[name].columns]
    lines = [",".join(columns), *(",".join(f"{name} {row} {n}" for n in range(len(columns))) for row in range(rows))]
    return ("\n".join(lines) + "\n").encode()


def estimates(codes: list[str], years: list[int], *, ages: int = 26, of: int | None = None) -> bytes:
    """Population estimates laid out as Nomis sends them: age 0 has code 101."""
    cells = [(year, code, age) for year in years for code in codes for age in range(ages)]
    lines = ['"DATE","GEOGRAPHY_CODE","GEOGRAPHY_NAME","C_AGE","OBS_VALUE","RECORD_COUNT"']
    lines += [
        f'{year},"{code}","Area, {code}",{101 + age},{1000 + age},{of or len(cells)}' for year, code, age in cells
    ]
    return "\n".join(lines).encode()


def known_path(name: str) -> str:
    """The path of the edition known beforehand."""
    origin = BY_NAME[name].origin
    assert isinstance(origin, DataSet)
    return f"/site/data-catalogue/data-set/{origin.known_id}/csv"


def list_ceased(stub: Any, body: bytes, *, updated: str = "2026-06-25T09:30:00", **more: Any) -> str:
    file = File(body=body, **more)
    return str(stub.list_file("ceased-2026", CEASED, file, edition="Reporting year 2026", updated=updated))


def only(result: FetchResult) -> Outcome:
    assert len(result.outcomes) == 1
    return result.outcomes[0]


def failure(result: FetchResult) -> str:
    outcome = only(result)
    assert outcome.status is Status.FAILED, outcome
    assert outcome.action, "a failure says what to do"
    assert result.exit_code == 3
    return f"{outcome.what} {outcome.where} {outcome.action}"


def serve_everything(stub: Any) -> None:
    for source in catalogue():
        if isinstance(source.origin, DataSet):
            stub.files[known_path(source.name)] = File(body=table(source.name))
        elif isinstance(source.origin, DailyFile):
            stub.files[f"/gias/{source.origin.stem}20261120.csv"] = File(body=table(source.name))
        else:
            stub.files[NOMIS] = File(body=estimates(EVERYWHERE, [2024]))


# What comes


def test_every_source_of_the_catalogue_is_brought_and_listed(stub: Any, bring: Any, tmp_path: Path) -> None:
    serve_everything(stub)
    result = bring()
    assert [one.source for one in result.having(Status.FETCHED)] == [source.name for source in catalogue()]
    assert result.exit_code == 0
    held = tomllib.loads((tmp_path / "fetch.toml").read_text(encoding="utf-8"))
    for source in catalogue():
        body = (tmp_path / source.file).read_bytes()
        entry = held[source.name]
        if source.name == "population":
            assert entry["rows"] == 153 * 26
        else:
            assert body == table(source.name)
            assert entry["rows"] == 3
        assert entry["file"] == source.file
        assert entry["sha256"] == hashlib.sha256(body).hexdigest()
        assert entry["url"].startswith(stub.url)
        assert entry["edition"]
        assert entry["when"].startswith("20")
    assert not list(tmp_path.rglob("*.part*"))


def test_a_data_set_on_the_public_interface_is_found_across_pages_and_its_version_pinned(
    stub: Any, bring: Any, tmp_path: Path
) -> None:
    others = [{"id": f"p{n}", "slug": f"other-{n}", "title": "Other"} for n in range(45)]
    stub.publications = [*others, {"id": EHC, "slug": "education-health-and-care-plans", "title": "EHC plans"}]
    for n in range(25):
        stub.publish(f"d{n}", f"Another data set {n}", "1.0", b"", edition="")
    stub.publish("ceased", CEASED.upper(), "1.0", b"old", edition="Reporting year 2025")
    path = stub.publish("ceased", CEASED.upper(), "1.1", table("ceased_plans"), edition="Reporting year 2026")
    outcome = only(bring("ceased_plans"))
    assert (outcome.status, outcome.edition, outcome.rows) == (Status.FETCHED, "Reporting year 2026", 3)
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == table("ceased_plans"), "gunzipped"
    assert [one.query["page"] for one in stub.asked("/publications")] == ["1", "2", "1", "2"]
    assert [one.query["dataSetVersion"] for one in stub.asked(path)] == ["1.1"]


def test_a_new_version_on_the_public_interface_is_brought_and_the_same_one_is_not(stub: Any, bring: Any) -> None:
    stub.publications = [{"id": EHC, "slug": "education-health-and-care-plans", "title": "EHC plans"}]
    path = stub.publish("ceased", CEASED, "1.0", table("ceased_plans"), edition="Reporting year 2026")
    assert only(bring("ceased_plans")).status is Status.FETCHED
    assert only(bring("ceased_plans")).status is Status.CURRENT
    assert len(stub.asked(path)) == 1
    stub.publish("ceased", CEASED, "2.0", table("ceased_plans", 9), edition="Reporting year 2027")
    newer = only(bring("ceased_plans"))
    assert (newer.status, newer.edition, newer.rows) == (Status.FETCHED, "Reporting year 2027", 9)


def test_a_discontinued_data_set_leads_to_the_one_that_follows_it(stub: Any, bring: Any) -> None:
    stub.publications = [{"id": EHC, "slug": "education-health-and-care-plans", "title": "EHC plans"}]
    stub.publish("old", CEASED, "1.0", b"old", edition="Reporting year 2025")
    stub.data_sets[EHC][0] |= {"status": "Deprecated", "supersedingDataSetId": "new"}
    stub.publish("new", "Plans ceased", "1.0", table("ceased_plans"), edition="Reporting year 2027")
    assert only(bring("ceased_plans")).edition == "Reporting year 2027"


def test_a_data_set_not_on_the_interface_is_found_in_the_catalogue_list_by_title_or_file_name(
    stub: Any, bring: Any, tmp_path: Path
) -> None:
    for n in range(45):
        stub.list_file(f"other-{n}", f"Other {n}", File(body=b""), edition="", updated="")
    list_ceased(stub, table("ceased_plans"))
    renamed = File(body=table("requests", 5))
    stub.list_file("r", "A new title", renamed, edition="Reporting year 2027", updated="x", name="requests.csv")
    result = bring("ceased_plans", "requests")
    assert {one.source: (one.edition, one.rows) for one in result.outcomes} == {
        "ceased_plans": ("Reporting year 2026", 3),
        "requests": ("Reporting year 2027", 5),
    }
    assert not any(one.note for one in result.outcomes)
    assert len(stub.asked("data-set-files")) == 2, "one list, of two pages, serves both"


def test_where_no_list_leads_to_it_the_edition_known_beforehand_is_brought_and_said_to_be_so(
    stub: Any, bring: Any
) -> None:
    stub.files[known_path("requests")] = File(body=table("requests"))
    stub.faults["/content/api/data-set-files"] = [Fault(status=500)] * 3
    outcome = only(bring("requests"))
    assert outcome.status is Status.FETCHED
    assert "there may be a newer edition" in outcome.note
    assert "500" in outcome.note


def test_an_edition_known_beforehand_never_replaces_one_that_was_found(stub: Any, bring: Any, tmp_path: Path) -> None:
    list_ceased(stub, table("ceased_plans", 7))
    assert only(bring("ceased_plans")).status is Status.FETCHED
    stub.listing.clear()
    stub.files[known_path("ceased_plans")] = File(body=table("ceased_plans", 2))
    stub.faults["/content/api/data-set-files"] = [Fault(status=500)] * 3
    outcome = only(bring("ceased_plans"))
    assert (outcome.status, outcome.rows) == (Status.FAILED, 7)
    assert "could not be found out (The service is not working (500 Internal Server Error))" in outcome.what
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == table("ceased_plans", 7)


def test_an_edition_known_beforehand_may_be_checked_again_at_its_own_address(stub: Any, bring: Any) -> None:
    stub.files[known_path("ceased_plans")] = File(body=table("ceased_plans", 2))
    assert only(bring("ceased_plans")).status is Status.FETCHED
    again = only(bring("ceased_plans"))
    assert again.status is Status.CURRENT
    assert "there may be a newer edition" in again.note


def test_the_outcome_is_a_table_and_sentences(stub: Any, bring: Any, tmp_path: Path) -> None:
    list_ceased(stub, table("ceased_plans"))
    stub.files[known_path("requests")] = File(body=table("requests"))
    result = bring("ceased_plans", "requests", "assessments")
    assert result.frame().rows() == [
        ("ceased_plans", "fetched", "ehcp/ceased_plans.csv", "Reporting year 2026", 3),
        ("requests", "fetched", "ehcp/requests.csv", "Reporting year 2026", 3),
        ("assessments", "failed", "ehcp/assessments.csv", "", None),
    ]
    first, note, *rest = result.sentences()
    assert first == f"2 fetched, 0 already current, 1 not fetched. Folder: {tmp_path}"
    assert note.startswith("About requests: ")
    assert rest[0].startswith("Not fetched: assessments. The service has nothing at this address (404 Not Found).")
    assert [one.source for one in result.failed] == ["assessments"]


def test_the_register_is_looked_for_on_earlier_days(stub: Any, bring: Any) -> None:
    stub.files["/gias/edubasealldata20261118.csv"] = File(body=table("gias"))
    outcome = only(bring("gias"))
    assert (outcome.status, outcome.edition) == (Status.FETCHED, "18 November 2026")
    assert [one.path[-12:-4] for one in stub.asked("/gias")] == ["20261120", "20261119", "20261118"]


def test_population_estimates_are_asked_for_by_authority_and_become_one_row_for_each_age(
    stub: Any, bring: Any, tmp_path: Path
) -> None:
    stub.files[NOMIS] = File(body=estimates(EVERYWHERE, [2023, 2024]))
    outcome = only(bring("population"))
    assert (outcome.status, outcome.rows, outcome.note) == (Status.FETCHED, 2 * 153 * 26, "")
    frame = pl.read_csv(tmp_path / "population/mye_single_year_age_0_25.csv")
    assert frame.columns == ["year", "code", "name", "age", "population"]
    assert (frame["age"].min(), frame["age"].max(), frame["year"].unique().sort().to_list()) == (0, 25, [2023, 2024])
    camden = frame.filter((pl.col("code") == "E09000007") & (pl.col("year") == 2024))
    assert camden["population"].to_list() == list(range(1000, 1026))
    query = stub.asked(NOMIS)[0].query
    assert query["geography"].split(",") == EVERYWHERE
    assert (query["c_age"], query["measures"], query["date"]) == ("101...126", "20100", "latestMINUS5-latest")
    assert 153 * 26 * 6 <= 25_000, "the most records Nomis sends at once"
    assert only(bring("population")).status is Status.CURRENT, "the same figures again"


def test_population_estimates_that_are_not_whole_are_pointed_out(stub: Any, bring: Any) -> None:
    stub.files[NOMIS] = File(body=estimates(EVERYWHERE[:-2], [2024], ages=25, of=9999))
    note = only(bring("population")).note
    assert "Nomis sent 3,775 of 9,999 figures." in note
    assert "no figures for 2 of 153 authorities" in note
    assert "151 authority years lack an age" in note
    stub.files[NOMIS] = File(body=estimates(EVERYWHERE, [2024]).replace(b",1003,", b",many,"))
    assert "not laid out as they were" in failure(bring("population"))


def test_bytes_that_are_not_utf8_and_line_breaks_in_cells_are_left_as_they_are(
    stub: Any, bring: Any, tmp_path: Path
) -> None:
    """The register's extract is in Windows-1252, and its cells may hold line breaks."""
    body = table("gias_links") + b'1,2,"Ysgol T\xf4n\r\nBridge",Successor,01-09-2024\r\n'
    stub.files["/gias/links_edubasealldata20261120.csv"] = File(body=body)
    assert only(bring("gias_links")).rows == 4
    assert (tmp_path / "gias/links_edubasealldata.csv").read_bytes() == body


def test_groups_stand_for_their_sources_and_an_unknown_name_is_answered_with_the_nearest(stub: Any, bring: Any) -> None:
    serve_everything(stub)
    assert {one.source for one in bring("schools").outcomes} == {"gias", "gias_links"}
    with pytest.raises(UserError, match="Did you mean caseload"):
        bring("case_load")


def test_what_was_fetched_is_what_the_readers_of_published_statistics_know(
    stub: Any, bring: Any, tmp_path: Path
) -> None:
    serve_everything(stub)
    columns = (*BY_NAME["scap_forecasts"].columns, "pupil_forecast_and_202425_actuals")
    stub.files[known_path("scap_forecasts")] = File(body=",".join(columns).encode() + b"\n1,2,3,4,5,6,7\n")
    bring("plans", "capacity", "population")
    found = read_folder(tmp_path)
    known = {table.file: table.shape.kind for table in found.tables}
    fetched = [source for source in catalogue() if source.group in ("plans", "capacity", "population")]
    assert set(known) == {Path(source.file).name for source in fetched}
    assert {known[Path(source.file).name] for source in fetched if source.group == "plans"} == {
        source.name for source in fetched if source.group == "plans"
    }
    assert known["mye_single_year_age_0_25.csv"] == "population_single_year"


# What is already here


def test_a_second_fetch_downloads_nothing_that_is_identified_as_current(stub: Any, bring: Any) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.files["/gias/edubasealldata20261120.csv"] = File(body=table("gias"))
    bring("ceased_plans", "gias")
    stub.requests.clear()
    again = bring("ceased_plans", "gias")
    assert [one.status for one in again.outcomes] == [Status.CURRENT, Status.CURRENT]
    assert not stub.asked(path)
    assert not stub.asked("/gias")


def test_an_amended_file_of_the_same_edition_is_brought(stub: Any, bring: Any) -> None:
    list_ceased(stub, table("ceased_plans"))
    bring("ceased_plans")
    list_ceased(stub, table("ceased_plans", 4), updated="2026-10-01T09:30:00")
    amended = only(bring("ceased_plans"))
    assert (amended.status, amended.rows) == (Status.FETCHED, 4)


def test_a_file_without_an_identity_is_asked_for_only_if_it_changed(stub: Any, bring: Any, tmp_path: Path) -> None:
    path = list_ceased(stub, table("ceased_plans"), etag='"one"')
    bring("ceased_plans")
    list_ceased(stub, table("ceased_plans"), etag='"one"', updated="2026-10-01T09:30:00")
    assert only(bring("ceased_plans")).status is Status.CURRENT
    first, second = stub.asked(path)
    assert "If-None-Match" not in first.headers
    assert second.headers["If-None-Match"] == '"one"'


def test_files_that_fetch_did_not_write_are_left_alone(stub: Any, bring: Any, tmp_path: Path) -> None:
    list_ceased(stub, table("ceased_plans"))
    mine = tmp_path / "ehcp/ceased_plans.csv"
    mine.parent.mkdir()
    mine.write_text("mine")
    assert "was not fetched" in failure(bring("ceased_plans"))
    assert mine.read_text() == "mine"
    mine.unlink()
    assert only(bring("ceased_plans")).status is Status.FETCHED
    mine.write_text("mine again")
    assert "has been changed since it was fetched" in failure(bring("ceased_plans"))
    assert mine.read_text() == "mine again"
    mine.unlink()
    assert only(bring("ceased_plans")).status is Status.FETCHED, "a file that was lost is fetched again"


def test_a_list_of_contents_that_cannot_be_read_stops_the_run_in_words(bring: Any, tmp_path: Path) -> None:
    (tmp_path / "fetch.toml").write_text("[caseload\n")
    with pytest.raises(DataError, match=r"fetch\.toml"):
        bring("caseload")
    (tmp_path / "fetch.toml").write_text("caseload = 1\n")
    with pytest.raises(DataError, match=r"fetch\.toml"):
        bring("caseload")


# Carrying on


def test_a_transfer_that_breaks_off_is_carried_on_from_where_it_stopped(
    stub: Any, bring: Any, waits: Waits, tmp_path: Path
) -> None:
    body = table("ceased_plans", 4000)
    path = list_ceased(stub, body, etag='"one"', resumable=True)
    stub.faults[path] = [Fault(cut_after=100_000), Fault(cut_after=30_000)]
    assert only(bring("ceased_plans")).status is Status.FETCHED
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == body
    first, second, third = stub.asked(path)
    assert "Range" not in first.headers
    assert (second.headers["Range"], second.headers["If-Range"]) == ("bytes=100000-", '"one"')
    assert third.headers["Range"] == "bytes=130000-"
    assert waits == [1.0, 2.0], "the wait doubles"


def test_a_later_run_carries_on_from_an_earlier_one(stub: Any, bring: Any, tmp_path: Path) -> None:
    body = table("ceased_plans", 4000)
    path = list_ceased(stub, body, last_modified="Thu, 25 Jun 2026 08:30:00 GMT", resumable=True)
    stub.faults[path] = [Fault(cut_after=90_000)]
    assert "stopped at 90,000 of" in failure(bring("ceased_plans", attempts=1))
    assert (tmp_path / "ehcp/ceased_plans.csv.part").stat().st_size == 90_000
    assert not (tmp_path / "ehcp/ceased_plans.csv").exists()
    assert only(bring("ceased_plans", attempts=1)).status is Status.FETCHED
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == body
    assert stub.asked(path)[1].headers["Range"] == "bytes=90000-"
    assert not list(tmp_path.rglob("*.part*"))


def test_a_gzipped_transfer_is_carried_on_in_its_gzipped_form(stub: Any, bring: Any, tmp_path: Path) -> None:
    body = table("ceased_plans", 4000)
    packed = gzip.compress(body, mtime=0)
    path = list_ceased(stub, packed, etag='"z"', coding="gzip", resumable=True)
    stub.faults[path] = [Fault(cut_after=len(packed) // 2)]
    assert only(bring("ceased_plans")).status is Status.FETCHED
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == body


def test_a_file_that_changed_in_the_meantime_starts_again(stub: Any, bring: Any, tmp_path: Path) -> None:
    path = list_ceased(stub, table("ceased_plans", 4000), etag='"one"', resumable=True)
    stub.faults[path] = [Fault(cut_after=90_000)]
    failure(bring("ceased_plans", attempts=1))
    changed = table("ceased_plans", 3999)
    list_ceased(stub, changed, etag='"two"', resumable=True)
    assert only(bring("ceased_plans", attempts=1)).rows == 3999
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == changed


def test_a_service_that_does_not_do_ranges_sends_the_whole_again(stub: Any, bring: Any, tmp_path: Path) -> None:
    """The statistics service sends neither validators nor ranges (its published program, July 2026)."""
    body = table("ceased_plans", 4000)
    path = list_ceased(stub, body)
    stub.faults[path] = [Fault(cut_after=90_000)]
    assert only(bring("ceased_plans")).status is Status.FETCHED
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == body
    assert not any("Range" in one.headers for one in stub.asked(path))


def test_a_range_answered_with_another_range_is_not_joined_on(stub: Any, bring: Any, tmp_path: Path) -> None:
    body = table("ceased_plans", 4000)
    path = list_ceased(stub, body, etag='"one"', resumable=True)
    wrong = Fault(status=206, headers={"ETag": '"one"', "Content-Range": f"bytes 0-9/{len(body)}"}, body=body[:10])
    stub.faults[path] = [Fault(cut_after=90_000), wrong]
    assert only(bring("ceased_plans")).status is Status.FETCHED
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == body


def test_a_part_that_was_whole_all_along_is_used(stub: Any, bring: Any, tmp_path: Path) -> None:
    body = table("ceased_plans", 40)
    path = list_ceased(stub, body, etag='"one"', resumable=True)
    stub.faults[path] = [Fault(cut_after=10)]
    failure(bring("ceased_plans", attempts=1))
    (tmp_path / "ehcp/ceased_plans.csv.part").write_bytes(body)
    assert only(bring("ceased_plans", attempts=1)).status is Status.FETCHED
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == body


# Services that are busy, slow or gone


def test_a_busy_service_is_asked_again_after_the_wait_it_names(stub: Any, bring: Any, waits: Waits) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.faults[path] = [Fault(status=503, headers={"Retry-After": "7"}), Fault(status=429)]
    assert only(bring("ceased_plans")).status is Status.FETCHED
    assert waits == [7.0, 2.0]


def test_a_service_that_asks_for_a_long_wait_is_left_alone(stub: Any, bring: Any, waits: Waits) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.faults[path] = [Fault(status=429, headers={"Retry-After": "3600"})]
    assert "left for 60 minutes" in failure(bring("ceased_plans"))
    assert waits == []


def test_a_service_that_says_nothing_is_given_up_on(stub: Any, bring: Any) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.faults[path] = [Fault(silent=True), Fault(silent=True)]
    assert "did not answer in time" in failure(bring("ceased_plans", attempts=2, silence=0.1))


def test_an_attempt_that_takes_too_long_is_ended(stub: Any, bring: Any) -> None:
    list_ceased(stub, table("ceased_plans"))
    ticks = iter(range(0, 100_000, 4000))
    patience = Patience(attempts=1, elapsed=lambda: next(ticks))
    assert "too long" in failure(bring("ceased_plans", patience=patience))


def test_a_withdrawn_data_set_is_said_to_be_so(bring: Any) -> None:
    said = failure(bring("ceased_plans"))
    assert "404" in said
    assert "withdrawn" in said


def test_no_network_is_said_once_and_asked_about_once_for_each_host(tmp_path: Path, waits: Waits) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    nowhere = Addresses(ees=url, listing=url, data_catalogue=url, nomis=url, gias=url)
    result = fetch(tmp_path, on=TODAY, patience=Patience(attempts=4, sleep=waits.append), addresses=nowhere)
    assert len(result.having(Status.FAILED)) == len(catalogue())
    assert waits == [1.0, 2.0, 4.0]
    summary = "\n".join(result.sentences())
    assert summary.count("could not be reached") == 1
    assert "Check the connection" in summary
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_names_the_network_as_a_likely_cause(stub: Any, bring: Any) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.faults[path] = [Fault(status=403)]
    assert "proxy" in failure(bring("ceased_plans"))


@pytest.mark.parametrize(
    "target", ["http://example.org/file.csv", "ftp://example.org/file.csv", "file:///etc/hostname"]
)
def test_a_redirect_to_an_address_that_is_not_secure_is_refused(stub: Any, bring: Any, target: str) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.faults[path] = [Fault(status=302, headers={"Location": target})]
    assert f"{target}, which is not a secure (https) address" in failure(bring("ceased_plans"))


def test_redirects_are_followed_and_limited(stub: Any, bring: Any) -> None:
    path = list_ceased(stub, table("ceased_plans"))
    stub.files["/elsewhere"] = File(body=table("ceased_plans", 8))
    stub.faults[path] = [Fault(status=307, headers={"Location": "/elsewhere"})]
    assert only(bring("ceased_plans")).rows == 8
    list_ceased(stub, table("ceased_plans"), updated="later")
    stub.faults[path] = [Fault(status=302, headers={"Location": path}) for _ in range(10)]
    assert "more than 5 times" in failure(bring("ceased_plans"))
    stub.faults[path] = [Fault(status=302)]
    assert "without saying where to" in failure(bring("ceased_plans"))


def test_an_address_that_is_not_secure_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    result = fetch(tmp_path, on=TODAY, sources=["gias"], addresses=Addresses(gias="http://example.org/downloads"))
    assert "not a secure (https) address" in failure(result)


# What is not the file


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"<!DOCTYPE html><html><title>Sign in</title></html>", "text/html; charset=utf-8", "a web page"),
        (b"\n <html><title>Sign in</title></html>", "text/csv", "a web page"),
        (b'{"title": "An error", "status": 500}', "text/csv", "a message"),
        (b"", "text/csv", "an empty file"),
        (b"time_period,total\n202425,1\n", "text/csv", "The columns have changed: geographic_level, new_la_code"),
        (table("ceased_plans", 0), "text/csv", "a header and no rows"),
        (gzip.compress(table("ceased_plans", 500))[:-20], "text/csv", "arrived damaged"),
        (table("ceased_plans") + b"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n", "text/csv", "not a whole table"),
    ],
    ids=["page", "page as csv", "json", "empty", "columns", "no rows", "damaged gzip", "ragged"],
)
def test_what_is_not_the_file_is_refused_and_the_file_before_it_kept(
    stub: Any, bring: Any, tmp_path: Path, body: bytes, kind: str, said: str
) -> None:
    path = list_ceased(stub, table("ceased_plans", 6))
    bring("ceased_plans")
    list_ceased(stub, body, kind=kind, updated="later")
    assert said in failure(result := bring("ceased_plans"))
    assert path in only(result).where
    assert (tmp_path / "ehcp/ceased_plans.csv").read_bytes() == table("ceased_plans", 6)
    assert not [one for one in tmp_path.rglob("*") if "part" in one.suffix], "nothing is left half done"
    assert "the file fetched earlier (Reporting year 2026) is still there" in "\n".join(result.sentences())


def test_a_file_larger_than_expected_is_not_taken(
    stub: Any, bring: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_sources(monkeypatch, 20_000)
    list_ceased(stub, table("ceased_plans", 4000))
    assert "larger than" in failure(bring("ceased_plans"))
    list_ceased(stub, table("ceased_plans", 4000), tell_length=False)
    assert "larger than" in failure(bring("ceased_plans"))
    list_ceased(stub, gzip.compress(b"a" * 1_000_000), coding="gzip")
    assert "unpacks to more than" in failure(bring("ceased_plans"))
    assert not list(tmp_path.rglob("*.csv*"))


def limit_sources(monkeypatch: pytest.MonkeyPatch, largest: int) -> None:
    from dataclasses import replace

    from rightplace.returns.fetch import catalogue as module

    small: tuple[Source, ...] = tuple(replace(source, largest=largest) for source in catalogue())
    monkeypatch.setattr(module, "catalogue", lambda: small)


def test_a_file_that_has_lost_most_of_its_rows_is_pointed_out(stub: Any, bring: Any) -> None:
    list_ceased(stub, table("ceased_plans", 100))
    bring("ceased_plans")
    list_ceased(stub, table("ceased_plans", 40), updated="later")
    assert "It has 40 rows; the file it replaced had 100." in only(bring("ceased_plans")).note


@pytest.mark.parametrize(
    "answer",
    [b"<html>", b"[1]", b'{"results": 3}', b'{"paging": {"totalPages": 1}, "results": [{"id": 1, "title": 2}]}'],
)
def test_a_list_in_an_unknown_form_is_not_an_error_of_the_program(stub: Any, bring: Any, answer: bytes) -> None:
    serve_everything(stub)
    for path in ("/ees/v1/publications", "/content/api/data-set-files"):
        stub.files[path] = File(body=answer, kind="application/json")
    assert "there may be a newer edition" in only(bring("requests")).note


# The run as a whole


def test_one_source_that_fails_does_not_stop_the_others(stub: Any, bring: Any) -> None:
    serve_everything(stub)
    stub.files[known_path("caseload")] = File(body=b"<html>", kind="text/html")
    stub.files.pop("/gias/edubasealldata20261120.csv")
    result = bring()
    assert {one.source for one in result.having(Status.FAILED)} == {"caseload", "gias"}
    assert len(result.having(Status.FETCHED)) == len(catalogue()) - 2
    summary = "\n".join(result.sentences())
    assert "Not fetched: caseload" in summary
    assert "Open the address in a browser" in summary


def test_a_run_that_is_stopped_keeps_what_came_and_carries_on_later(stub: Any, bring: Any, tmp_path: Path) -> None:
    serve_everything(stub)
    body = table("requests", 20_000)
    path = known_path("requests")
    stub.files[path] = File(body=body, etag='"one"', resumable=True)
    seen: list[tuple[int, int]] = []

    def stop_halfway(done: int, asked: int, what: str) -> None:
        seen.append((done, asked))
        if "Requests" in what and done % 100 >= 40:
            raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        bring("caseload", "requests", progress=stop_halfway)
    assert (tmp_path / "ehcp/caseload.csv").is_file()
    assert 0 < (tmp_path / "ehcp/requests.csv.part").stat().st_size < len(body)
    assert "caseload" in tomllib.loads((tmp_path / "fetch.toml").read_text(encoding="utf-8"))
    done = [one for one, _ in seen]
    assert done == sorted(done)
    assert {asked for _, asked in seen} == {200}
    assert only(bring("requests")).status is Status.FETCHED
    assert "Range" in stub.asked(path)[-1].headers
    assert (tmp_path / "ehcp/requests.csv").read_bytes() == body


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_said_to_be_full(stub: Any, bring: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rightplace.returns.fetch.partial import Partial

    list_ceased(stub, table("ceased_plans", 4000))
    whole_start = Partial.start

    def start_on_a_full_disk(self: Partial, note: Any) -> None:
        whole_start(self, note)
        self.path.symlink_to("/dev/full")

    monkeypatch.setattr(Partial, "start", start_on_a_full_disk)
    said = failure(bring("ceased_plans"))
    assert "The disk is full." in said
    assert "Make room" in said


def test_a_file_that_cannot_be_read_is_said_to_be_so(
    stub: Any, bring: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_ceased(stub, table("ceased_plans"))
    bring("ceased_plans")
    mine = str(tmp_path / "ehcp/ceased_plans.csv")

    def refuse(self: Held, folder: Path) -> bool:
        raise PermissionError(13, "Permission denied", mine)

    monkeypatch.setattr(Held, "whole", refuse)
    said = failure(bring("ceased_plans"))
    assert "permission denied" in said
    assert mine in said


def test_a_folder_that_cannot_be_written_is_said_to_be_so(stub: Any, bring: Any, tmp_path: Path) -> None:
    list_ceased(stub, table("ceased_plans"))
    (tmp_path / "ehcp").write_text("a file where the folder should be")
    assert "could not be written" in failure(bring("ceased_plans"))
