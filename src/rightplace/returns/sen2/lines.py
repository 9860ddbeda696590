"""On which line of the file an element stands, for files of any length.

libxml2 keeps the line of an element in 16 bits. From line 65,535 on it tells where the nearest text *ends*:
the first text inside the element or, where it holds nothing, the one after it. The line ends in that text are
taken off again here. Where there is no such text the lines are counted from the element above.
"""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from rightplace.returns.sen2.elements import local_name

_LONG: Final = 65_535


def line_of(element: etree._Element) -> int:
    """The line on which the start tag of an element ends."""
    line: Any = element.sourceline
    if line is not None and line < _LONG:
        return int(line)
    found = _by_text(element)
    return _from_above(element) if found is None else found


def _by_text(node: etree._Element) -> int | None:
    """The line on which a start tag, comment or instruction ends, from the text inside or after it; None without."""
    line: Any = node.sourceline
    if line is not None and line < _LONG:
        return int(line)
    is_element = bool(local_name(node))
    if is_element and node.text:
        return int(line) - node.text.count("\n")
    if is_element and len(node):
        found = _start(node[0])
        if found is not None or node.tail:
            return found
    elif node.tail:
        return int(line) - node.tail.count("\n")
    after = node.getnext()
    found = None if after is None else _start(after)
    return None if found is None else found - etree.tostring(node, with_tail=False).count(b"\n")


def _start(node: etree._Element) -> int | None:
    """The line on which a node starts, if its start tag is on one line."""
    found = _by_text(node)
    is_aside = not local_name(node)
    return found - (node.text or "").count("\n") if found is not None and is_aside else found


def _from_above(node: etree._Element) -> int:
    """The line of the element above and the line ends between."""
    above = node.getparent()
    if above is None:
        return _LONG
    start = _by_text(above)
    line = _from_above(above) if start is None else start
    before = (above.text or "").count("\n")
    return line + before + sum(etree.tostring(other).count(b"\n") for other in node.itersiblings(preceding=True))
