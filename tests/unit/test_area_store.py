"""The area record on disk: what is saved is what is loaded, and a half-written or changed record is never read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from rightplace.area import store
from rightplace.area.record import Area, Refusal, Source, build
from rightplace.area.summary import describe, plans_by_year, remarks, sources
from rightplace.area.tables import BY_NAME, TABLES
from rightplace.errors import DataError, RefusedError, UserError


def _area() -> Area:
    census = pl.DataFrame(
        {
            "census_year": [2025, 2025, 2026], "person_id": ["a", "b", "a"], "plan_id": ["a.1", "b.1", "a.1"],
            "need": ["ASD", "SLCN", "ASD"], "setting_id": ["100000", None, "100000"],
            "setting_kind": ["mainstream", "not_recorded", "mainstream"], "year_group": [3, 4, 4],
            "neighbourhood_id": [None, None, None],
        },
        schema=BY_NAME["census"].schema,
    )  # fmt: skip
    history = pl.DataFrame(
        {
            "year": [2024, 2025], "measure": ["plans", "plans"], "dimension": ["total", "total"],
            "value": ["total", "total"], "people": [7.0, None], "source": ["DfE EHC plans 2025", "DfE EHC plans 2025"],
        },
        schema=BY_NAME["history"].schema,
    )  # fmt: skip
    source = Source(
        file='a "quoted"\tfile\x7f.xml', kind="SEN2 return", edition="2026", sha256="0" * 64, rows_in=9, rows_kept=7,
        refused=(Refusal(reason="no date of birth", rows=2),), noted=(Refusal(reason="URN unknown", rows=1),),
    )  # fmt: skip
    return build(
        la_code="999", name="Marlshire “test”", tables={"census": census, "history": history}, lineage=(source,)
    )


def test_loaded_area_is_the_saved_area(tmp_path: Path) -> None:
    saved = _area()
    store.save(saved, tmp_path / "area")
    loaded = store.load(tmp_path / "area")
    assert (loaded.la_code, loaded.name, loaded.lineage) == (saved.la_code, saved.name, saved.lineage)
    for table in TABLES:
        assert_frame_equal(loaded[table.name], saved[table.name])


def test_saving_again_replaces_the_record_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    store.save(_area(), tmp_path / "area")
    store.save(build(la_code="302", name="Barnet", tables={}), tmp_path / "area")
    assert store.load(tmp_path / "area").name == "Barnet"
    assert [path.name for path in tmp_path.iterdir()] == ["area"]
    assert not (tmp_path / "area" / "census.parquet").exists()


def test_a_folder_that_is_not_an_area_is_never_replaced(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("keep me")
    with pytest.raises(RefusedError, match="not an area record"):
        store.save(_area(), tmp_path)
    assert precious.read_text() == "keep me"


def test_a_failure_while_saving_leaves_the_old_record_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(_area(), tmp_path / "area")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(UserError, match="no space left"):
        store.save(_area(), tmp_path / "area")
    assert store.load(tmp_path / "area").name == _area().name
    assert [path.name for path in tmp_path.iterdir()] == ["area"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "census.parquet").write_bytes(b"PAR1"), "not the one that was saved"),
        (lambda folder: (folder / "census.parquet").unlink(), "is missing"),
        (lambda folder: (folder / "area.toml").write_text("layout = 1\nname ="), "cannot be read"),
        (lambda folder: (folder / "area.toml").write_bytes(b"\xff\xfe"), "cannot be read"),
        (lambda folder: (folder / "area.toml").write_text("layout = 99"), "layout 99"),
        (lambda folder: (folder / "area.toml").unlink(), "no area record here"),
    ],
)
def test_a_changed_record_is_refused_with_a_sentence(tmp_path: Path, harm: object, words: str) -> None:
    store.save(_area(), tmp_path / "area")
    harm(tmp_path / "area")  # type: ignore[operator]
    with pytest.raises(UserError, match=words):
        store.load(tmp_path / "area")


def test_build_names_every_fault_at_once() -> None:
    people = pl.DataFrame({"person_id": ["a"], "birth_date": [date(2015, 1, 1)], "shoe_size": [3]})
    doubled = pl.concat([_area()["census"]] * 2)
    with pytest.raises(DataError) as caught:
        build(la_code="999", name="x", tables={"people": people, "census": doubled, "pets": people})
    message = str(caught.value)
    for words in (
        "no table called pets",
        "column sex is missing",
        "shoe_size is not declared",
        "(census_year, person_id) is not unique",
    ):
        assert words in message


def test_summary_counts_people_before_published_totals() -> None:
    years = plans_by_year(_area())
    assert years.rows() == [(2024, 7.0, "DfE EHC plans 2025"), (2025, 2.0, "returns"), (2026, 1.0, "returns")]
    assert describe(_area()).filter(pl.col("table") == "census")["covers"].item() == "2025 to 2026"
    assert sources(_area()).select("rows_in", "rows_kept").rows() == [(9, 7)]
    assert [line.split("xml: ")[1] for line in remarks(_area())] == [
        "2 refused: no date of birth",
        "1 kept, but noted: URN unknown",
    ]


def test_every_table_says_what_its_columns_mean() -> None:
    for table in TABLES:
        assert set(table.key) <= set(table.schema), table.name
        assert all(column.meaning for column in table.columns), table.name
