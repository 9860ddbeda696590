"""A forecast as pages and files show it, for those who see every number and for those who see published figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from rightplace.disclosure.published import NOTES, Published, Status
from rightplace.report import first_plan
from rightplace.report.charts.draw import draw
from rightplace.report.model import Block, Bullets, Note, Para, Section, TableBlock, Words
from rightplace.report.page import printed

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.forecast.result import Forecast
    from rightplace.forecast.why.explain import Why

_STYLE: Final = re.compile(r'\sstyle="[^"]*"')


def of_forecast(area: Area, forecast: Forecast, reasons: Why | None = None, *, publish: bool) -> list[Section]:
    """What a forecast says, in the sections of the area's report; with ``publish`` every number is first protected."""
    return list(first_plan.build(area, forecast, reasons=reasons, publish=publish).sections)


def tables(sections: Iterable[Section]) -> list[TableBlock]:
    """Every table, in order."""
    return [table for section in sections for table in section.tables()]


def as_page(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Sections as plain values that a template shows; charts are drawn, and words are made safe for HTML."""
    return [
        {"key": one.key, "heading": one.heading, "blocks": [_block(block) for block in one.blocks]} for one in sections
    ]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Para):
        return {"kind": "para", "text": block.text, "strong": block.strong}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": list(block.items)}
    if isinstance(block, Note):
        return {"kind": "note", "text": block.text}
    if isinstance(block, Words):
        return {"kind": "words", "terms": [list(term) for term in block.terms]}
    if isinstance(block, TableBlock):
        return {"kind": "table", "table": _table(block)}
    picture = draw(block.chart, key=f"{block.key}-chart", title=block.title, description=block.reading)
    return {
        "kind": "figure",
        "key": block.key,
        "title": block.title,
        "reading": block.reading,
        # The content security policy lets no style stand in a page; the class gives the picture its size.
        "picture": _STYLE.sub("", picture).replace("<svg", '<svg class="rp-chart"', 1),
        "table": _table(block.table),
    }


def _table(table: TableBlock) -> dict[str, Any]:
    cells = [cell for row in table.rows for cell in row]
    used = {cell.status for cell in cells if isinstance(cell, Published)}
    marks = [NOTES[status] for status in (Status.SUPPRESSED, Status.MISSING) if status in used]
    return {
        "key": table.key,
        "title": table.title,
        "units": table.units,
        "columns": [column.name for column in table.columns],
        "numbers": [place for place, column in enumerate(table.columns) if place and column.kind != "text"],
        "rows": [
            [str(escape(printed(cell, column))) for cell, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ],
        "notes": [*table.notes, *marks],
        "source": table.source,
        "on_page": table.on_page,
    }


def safe(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The values of :func:`as_page`, read back from its file, marked as safe to put into a page as they are."""
    for section in sections:
        for block in section["blocks"]:
            if "picture" in block:
                block["picture"] = Markup(block["picture"])  # noqa: S704 - drawn by us from our own numbers
            if "table" in block:
                rows = block["table"]["rows"]
                block["table"]["rows"] = [[Markup(cell) for cell in row] for row in rows]  # noqa: S704 - escaped above
    return sections
