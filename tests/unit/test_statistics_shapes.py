"""Recognising published files: columns decide, names decide between equals, changes become sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from rightplace.errors import DataError
from rightplace.returns.gias.published import SHAPES as REGISTERS
from rightplace.returns.statistics.folder import read_folder, recognise
from rightplace.returns.statistics.labels import AGES, PLACES, TABLES, age_range, is_total
from rightplace.returns.statistics.shape import Shape
from rightplace.returns.statistics.shapes import KINDS, NEEDS, SETTINGS, SHAPES
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind

EVERY = (*SHAPES, *REGISTERS)
_TWINS = {"sen_needs_all_plans", "sen_need_newplans"}


@pytest.mark.parametrize("shape", EVERY, ids=lambda shape: f"{shape.kind}-{shape.generation}")
def test_a_file_with_the_columns_of_a_shape_is_that_shape_whatever_its_name(shape: Shape) -> None:
    columns = [column.upper() if number % 2 else column for number, column in enumerate(sorted(shape.columns()))]
    if shape.kind in _TWINS:
        with pytest.raises(DataError, match=r"sen_needs_all_plans and of sen_need_newplans"):
            recognise("download (3)", columns, "download (3).csv", EVERY)
        assert recognise(shape.kind, columns, f"{shape.kind}.csv", EVERY) is shape
    elif shape.by_name:
        assert recognise("download (3)", columns, "download (3).csv", EVERY) is None
        assert recognise("school_capacity_specialist_forecasts", columns, "x", EVERY) is shape
    else:
        assert recognise("download (3)", columns, "download (3).csv", EVERY) is shape


def test_a_renamed_column_is_named_with_what_it_may_have_become() -> None:
    columns = [
        "time_period",
        "geographic_level",
        "old_la_code",
        "breakdown_topic",
        "breakdown",
        "ehc_plans_total",
        "mainstream_la_maintaned",
    ]
    with pytest.raises(DataError) as caught:
        recognise("caseload", columns, "caseload.csv")
    assert "'ehcplans', 'mainstream_la_maintained'" in caught.value.what
    assert "Is the column 'mainstream_la_maintaned' what was 'mainstream_la_maintained'?" in caught.value.action


def test_files_of_other_kinds_are_no_business_of_ours(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    (tmp_path / "broken.csv").write_text("")
    found = read_folder(tmp_path)
    assert found.tables == ()
    assert found.notices == ()


def test_a_broken_file_of_ours_is_a_sentence_and_the_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / "caseload.csv").write_text("")
    (tmp_path / "statistical_neighbours.csv").write_text(
        "old_la_code,"
        + ",".join(f"SN_{n},SN_{n}P" for n in range(1, 11))
        + "\n302,"
        + ",".join(["303,Close"] * 10)
        + "\n"
    )
    found = read_folder(tmp_path)
    assert [table.shape.kind for table in found.tables] == ["neighbours"]
    assert len(found.notices) == 1
    assert found.notices[0].startswith("caseload.csv: The file is empty.")


def test_no_kind_of_setting_or_need_is_lost_between_the_columns_and_the_labels() -> None:
    """The labels of "Type of placement" reach the same kinds as the columns of the caseload file."""
    assert set(SETTINGS) == {kind.value for kind in SettingKind}
    assert {str(kind) for kind in PLACES.values()} == {kind.value for kind in SettingKind}
    assert set(NEEDS) == {need.value for need in Need}
    assert len({column for columns in SETTINGS.values() for column in columns}) == sum(map(len, SETTINGS.values()))


def test_labels_in_use_are_not_totals_and_totals_are_not_in_use() -> None:
    assert not [label for table in ("age", "age_band") for label in TABLES[table] if is_total(label)]
    totals = ("total", "special - total", "fe - total", "educated elsewhere - total", "all ehc plans", "new ehc plans")
    assert all(is_total(label) and label not in TABLES["setting"] for label in totals)


def test_an_age_label_gives_its_first_and_last_age() -> None:
    assert age_range("7") == (7, 7)
    assert age_range("20-25") == (20, 25)
    assert age_range("unknown") is None
    assert {age_range(label) for label in AGES.values()} >= {(0, 2), (3, 3), (25, 25), (20, 25)}


def test_every_series_reads_columns_its_shape_names() -> None:
    for shape in (one for shapes in KINDS.values() for one in shapes):
        for series in shape.series:
            assert {column for columns in series.cells.values() for column in columns} <= shape.columns()
            assert series.rows == "total" or shape.label_column
