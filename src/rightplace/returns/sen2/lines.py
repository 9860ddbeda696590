"""On which line of the file an element stands, for files of any length.

libxml2 keeps the line of an element in 16 bits. From line 65,535 on it tells where the nearest text *ends*:
the first text inside the element or, where it holds nothing, the one after it. The line ends in that text are
taken off again here. Where there is no such text, lines are counted from a neighbour that has some.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from lxml import etree

from rightplace.returns.sen2.elements import local_name

_LONG: Final = 65_535
_NEIGHBOURS: Final = 12
"""How many neighbours without text are looked at. Past them the line is that of the nearest record with some."""


def line_of(element: etree._Element) -> int:
    """The line on which the start tag of an element ends."""
    line: Any = element.sourceline
    if line is not None and line < _LONG:
        return int(line)
    found = _by_text(element)
    return _by_neighbour(element) if found is None else found


def _by_text(node: etree._Element) -> int | None:
    """The line on which a start tag, comment or instruction ends, from text in it or right after it; None without."""
    line: Any = node.sourceline
    if line is not None and line < _LONG:
        return int(line)
    if local_name(node):
        if node.text:
            return int(line) - node.text.count("\n")
        if _has_children(node):
            return _by_children(node)
    return int(line) - node.tail.count("\n") if node.tail else None


def _by_children(node: etree._Element) -> int | None:
    between = 0
    for child in islice(node, _NEIGHBOURS):
        found = _start(child)
        if found is not None:
            return found - between
        between += _line_ends(child)
    return None


def _start(node: etree._Element) -> int | None:
    """The line on which a node starts, if its start tag is on one line."""
    found = _by_text(node)
    is_aside = not local_name(node)
    return found - (node.text or "").count("\n") if found is not None and is_aside else found


def _by_neighbour(node: etree._Element) -> int:
    """The line of what follows less the line ends between, or that of the element above and the line ends between."""
    between = 0
    for after in islice(node.itersiblings(), _NEIGHBOURS):
        between += _line_ends(after.getprevious())
        found = _start(after)
        if found is not None:
            return found - between
    above = node.getparent()
    if above is None:
        return _LONG
    before = (above.text or "").count("\n") + sum(
        map(_line_ends, islice(node.itersiblings(preceding=True), _NEIGHBOURS))
    )
    return line_of(above) + before


def _has_children(node: etree._Element) -> bool:
    """Without counting them, as ``len`` does: there may be very many."""
    return next(node.iterchildren(), None) is not None


def _line_ends(node: etree._Element | None) -> int:
    """Line ends in a node and in the text after it."""
    if node is None:
        return 0
    if _has_children(node):
        return etree.tostring(node).count(b"\n")
    return (node.text or "").count("\n") + (node.tail or "").count("\n")
