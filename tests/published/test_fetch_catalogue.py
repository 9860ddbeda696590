"""The catalogue of what can be fetched agrees with the files as the Department for Education published them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.returns.fetch.arrived import examine
from rightplace.returns.fetch.catalogue import DataSet, Source, catalogue

PLANS = [source for source in catalogue() if source.group == "plans"]


@pytest.mark.parametrize("source", PLANS, ids=lambda source: source.name)
def test_a_file_of_the_2025_release_would_be_accepted(source: Source, open_data: Path, tmp_path: Path) -> None:
    """Education, health and care plans, reporting year 2025 (DfE): the file as published, less its regional rows."""
    published = pl.read_parquet(open_data / "ehcp_2025" / f"{source.name}.parquet")
    file = tmp_path / "published.csv"
    published.write_csv(file)
    contents = examine(file, source.columns, url="")
    assert contents.rows == published.height
    assert contents.columns == tuple(published.columns)


@pytest.mark.parametrize("source", PLANS, ids=lambda source: source.name)
def test_titles_and_file_names_of_the_2025_release_are_those_of_its_data_guidance(
    source: Source, open_data: Path
) -> None:
    """DfE's data guidance for reporting year 2025 gives each data set's title two lines above its file name."""
    lines = (open_data / "ehcp_2025" / "data-guidance.txt").read_text(encoding="utf-8").splitlines()
    assert isinstance(source.origin, DataSet)
    at = lines.index(f"Filename: {source.origin.published_file}")
    title = " ".join(lines[at - 2].casefold().split())
    assert title in [" ".join(known.casefold().split()) for known in source.origin.titles]


def test_the_register_of_links_has_the_columns_asked_for(open_data: Path) -> None:
    """Get Information about Schools, links of 21 August 2026."""
    (links,) = (source for source in catalogue() if source.name == "gias_links")
    assert set(links.columns) == set(pl.read_parquet_schema(open_data / "schools" / "gias_links_2026.parquet"))
