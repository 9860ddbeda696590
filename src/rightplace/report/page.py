"""Templates of the pages: one environment, everything escaped, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rightplace.disclosure.published import Published
from rightplace.report import model
from rightplace.report.phrase import change_text


def environment() -> Environment:
    """The templates with the words they use: a test for each kind of block, and how a cell is printed."""
    made = Environment(
        loader=PackageLoader("rightplace.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for kind in (model.Para, model.Bullets, model.Note, model.Words, model.Figure, model.TableBlock):
        made.tests[kind.__name__.lower()] = _is(kind)
    made.tests["numeric"] = lambda column: column.kind != "text"
    made.filters["printed"] = printed
    made.filters["side_by_side"] = side_by_side
    made.globals["style"] = Markup(files("rightplace.report").joinpath("templates/style.css").read_text("utf-8"))  # noqa: S704 - our own file
    return made


def side_by_side(blocks: Sequence[model.Block]) -> list[list[model.Block]]:
    """The blocks one by one, but narrow tables that follow one another together, to stand beside one another."""
    groups: list[list[model.Block]] = []
    for block in blocks:
        if groups and _is_narrow(block) and _is_narrow(groups[-1][-1]):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _is_narrow(block: model.Block) -> bool:
    return isinstance(block, model.TableBlock) and block.on_page and len(block.columns) <= 3


def printed(cell: model.Cell, column: model.Column) -> str:
    """What a reader sees in a cell; a mark in the place of a number is explained where it stands."""
    if isinstance(cell, Published):
        text = change_text(cell) if column.kind == "change" else cell.text
        if not cell.note:
            return text
        meaning = cell.note.removeprefix(f"{cell.text}: ")
        return Markup('<abbr title="{}">{}</abbr>').format(meaning, text)
    return cell.text if isinstance(cell, model.Share) else str(cell)


def _is(kind: type) -> Any:
    return lambda block: isinstance(block, kind)
