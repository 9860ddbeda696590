"""A back-test knows nothing later: what comes after the last January allowed has no part in the result."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.returns.statistics.build import national_from_statistics
from rightplace.returns.statistics.national import National

CODES = ("302", "303", "909", "942", "943")
KEY = ["la_code", "year", "measure", "dimension", "value"]
STOCK, FLOW = "plans", "flow"


def known(year: int, what: str, until: int) -> bool:
    """Whether a row may be used: January ``until`` and before; flows, mid-years and financial years before that year."""
    return year <= until if what == STOCK else year < until


class Folder:
    """Small published files of 2018 to 2025, with what is not known by ``until`` kept, deleted or spoilt."""

    def __init__(self, path: Path, *, until: int, later: str, seed: int) -> None:
        self.path, self.until, self.later, self.seed = path, until, later, seed
        path.mkdir(parents=True, exist_ok=True)

    def number(self, year: int, what: str, *keys: object) -> int | None:
        plain = 50 + crc32(repr((self.seed, year, what, *map(str, keys))).encode()) % 400
        if known(year, what, self.until) or self.later == "kept":
            return plain
        return None if self.later == "deleted" else plain * 7 + 13

    def write(self, name: str, rows: list[tuple[object, ...]], columns: list[str]) -> None:
        kept = [row for row in rows if None not in row]
        pl.DataFrame(kept, schema=columns, orient="row").write_csv(self.path / name)

    def fill(self) -> None:
        place = ["time_period", "geographic_level", "old_la_code", "breakdown_topic", "breakdown"]
        periods = [(year, f"{year - 1}{year % 100:02d}") for year in range(2019, 2026)]
        codes = {
            year: [code for code in CODES if (code == "909") == (year < 2024) or code in ("302", "303")]
            for year in range(2018, 2026)
        }
        level = "Local authority"
        stock = [
            (period, level, code, topic, label, n, n)
            for year, period in periods
            for code in codes[year]
            for topic, label in (("All EHC plans",) * 2, ("Child or young persons age", "age 7"))
            if topic == "All EHC plans" or year >= 2024
            for n in [self.number(year, STOCK, code, label)]
        ]
        self.write("caseload.csv", stock, [*place, "ehcplans", "mainstream_la_maintained"])
        flows = [
            (str(year), level, code, "New EHC plans", "New EHC plans", self.number(year, FLOW, code), 0)
            for year in range(2018, 2025)
            for code in codes[min(year + 1, 2025)]
        ]
        self.write("newplans.csv", flows, [*place, "new_ehc_plans", "mainstream_la_maintained"])
        single = [
            (year, "", code, age, self.number(year, FLOW, code, age))
            for year in range(2019, 2023)
            for code in codes[year + 1]
            for age in range(26)
        ]
        self.write("mye_single_year.csv", single, ["year", "code", "old_la_code", "age", "population"])
        children = [
            (str(year), level, code, "", "Children aged 0 to 17 years", self.number(year, FLOW, code, "children"))
            for year in range(2018, 2025)
            for code in codes[year]
        ]
        self.write(
            "mye_0_17.csv",
            children,
            ["time_period", "geographic_level", "old_la_code", "new_la_code", "age_group", "population_estimate"],
        )
        block = [
            (f"{year}-{year % 100 + 1}", code, "x", self.number(year, FLOW, code, "block"))
            for year in range(2019, 2025)
            for code in codes[year]
        ]
        self.write("dsg_allocations.csv", block, ["financial_year", "la_code", "la_name", "High needs block (£s)"])


def same(one: National, other: National) -> None:
    assert (one.last_january, one.la_codes) == (other.last_january, other.la_codes)
    assert one.history.equals(other.history)
    assert one.population.equals(other.population)
    assert one.neighbours.equals(other.neighbours)
    assert {name: set(parts) for name, parts in one.parts.items()} == {
        name: set(parts) for name, parts in other.parts.items()
    }
    for name, parts in one.parts.items():
        assert all(rows.equals(other.parts[name][code]) for code, rows in parts.items())


@settings(max_examples=12)
@given(until=st.integers(2019, 2025), later=st.sampled_from(["deleted", "spoilt"]), seed=st.integers(0, 99))
def test_deleting_or_spoiling_later_rows_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, until: int, later: str, seed: int
) -> None:
    base = tmp_path_factory.mktemp("leak")
    whole, changed = (Folder(base / what, until=until, later=what, seed=seed) for what in ("kept", later))
    whole.fill()
    changed.fill()
    made = national_from_statistics(whole.path, until=until)
    same(made, national_from_statistics(changed.path, until=until))
    assert made.last_january == until
    assert ("909" in made.la_codes) == (until < 2024)


def test_a_back_test_to_the_last_January_knows_what_a_forecast_knows(tmp_path: Path) -> None:
    folder = Folder(tmp_path, until=2025, later="kept", seed=1)
    folder.fill()
    whole, until = national_from_statistics(tmp_path), national_from_statistics(tmp_path, until=2025)
    assert whole.history.equals(until.history)
    assert whole.population.equals(until.population)


@pytest.mark.parametrize("until", [2022])
def test_deleting_later_rows_of_the_published_files_changes_nothing(
    open_data: Path, tmp_path: Path, until: int
) -> None:
    """The same claim on the real files, those with a time period cut in the publisher's own columns."""
    for file in sorted(open_data.glob("ehcp_20*/*.parquet")):
        frame = pl.read_parquet(file)
        if "time_period" not in frame.columns:
            continue
        stock = file.stem in ("caseload", "sen2_age_caseload", "sen2_estab_caseload", "sen_needs_all_plans")
        period = pl.col("time_period")
        year = period.str.head(4).cast(pl.Int64) + pl.when(period.str.len_chars() == 6).then(int(stock)).otherwise(0)
        frame.filter(year <= until if stock else year < until).write_parquet(tmp_path / file.name)
    single = pl.read_parquet(open_data / "population" / "mye_single_year_age_0_25_utla_2019_2022.parquet")
    single.filter(pl.col("year") < until).write_parquet(tmp_path / "mye_single_year_age.parquet")
    children = pl.read_csv(open_data / "population" / "mye_0_17_la_2012_2024.csv.gz", infer_schema=False)
    children.filter(pl.col("time_period").cast(pl.Int64) < until).write_csv(tmp_path / "mye_0_17.csv")
    cut, whole = national_from_statistics(tmp_path, until=until), national_from_statistics(open_data, until=until)
    assert cut.la_codes == whole.la_codes
    # Only the order of the rows depends on the order of the files.
    assert cut.history.sort(KEY).equals(whole.history.sort(KEY))
    assert cut.population.sort("la_code", "year", "age").equals(whole.population.sort("la_code", "year", "age"))
