"""The page about the made-up area gives every figure it is made from, as the code has it."""

from __future__ import annotations

from pathlib import Path

from rightplace.example import figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "example-area.md"


def test_every_rate_is_on_the_page_with_its_value_and_source() -> None:
    lines = set(PAGE.read_text(encoding="utf-8").splitlines())
    for rate in figures.rates().values():
        assert f"| `{rate.name}` | {rate.value:g} | {rate.unit} | {rate.source} | {rate.status} |" in lines, rate.name


def test_every_table_is_on_the_page_with_its_source() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for table in figures.tables():
        assert f"| `{table.name}` | {table.title} | [{table.source}]({table.link}) | {table.status} |" in page, (
            table.name
        )
