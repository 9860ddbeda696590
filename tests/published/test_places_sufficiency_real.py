"""A real area from published statistics alone: what is known is set out, what is not is said."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rightplace.forecast.run import forecast
from rightplace.places.sufficiency.run import Sufficiency, sufficiency
from rightplace.report.sections import sufficiency as pages
from rightplace.returns.statistics.build import national_from_statistics

TRAFFORD = "358"


@pytest.fixture(scope="module")
def found(open_data: Path) -> Sufficiency:
    area = national_from_statistics(open_data).area(TRAFFORD)
    return sufficiency(area, forecast(area, years=4, futures=60), futures=60)


def test_children_start_from_the_numbers_that_dfe_published(found: Sufficiency, open_data: Path) -> None:
    """January 2025, Trafford: pupils with EHC plans in state special schools (DfE, Education, health and care plans)."""
    area = national_from_statistics(open_data).area(TRAFFORD)
    counted = area["history"].filter(
        pl.col("year") == found.januaries[0], pl.col("dimension") == "setting", pl.col("value") == "special_state"
    )
    table = found.table("setting").filter(pl.col("year") == found.januaries[0], pl.col("setting") == "special_state")
    assert table["children_mean"].item() == pytest.approx(counted["people"].item(), rel=0.03)


def test_state_special_places_are_those_of_the_register_where_it_has_them(found: Sufficiency) -> None:
    """Trafford's special schools of the register of May 2026 with a stated capacity; one states none."""
    row = found.table("setting").filter(pl.col("year") == found.januaries[-1], pl.col("setting") == "special_state")
    assert row["places"].item() > 500
    assert row["bases_unknown"].item() == 1
    assert any("not known for" in note for note in found.notes)


def test_what_is_not_published_is_said_on_the_page(found: Sufficiency) -> None:
    told = pages.section(found, publish=True)
    assert any("not split into localities" in note for note in found.notes)
    assert "sufficiency-locality-table" not in {table.key for table in told.tables()}
    assert "sufficiency-need-table" in {table.key for table in told.tables()}
