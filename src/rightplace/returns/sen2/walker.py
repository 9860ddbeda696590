"""From a Person element to records in buffers: any order of children, any case of names, nothing lost in silence.

This is the hot loop of reading, about fifty elements for each person: it asks lxml for as little as it
can, and every oddity is kept out of its main path.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from rightplace.returns.sen2.buffers import Buffer, Place
from rightplace.returns.sen2.elements import BELONGS_IN, local_name, own_text, shown_name
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.lines import line_of

_BLOCKS: Final = frozenset({"collectiondetails", "source", "content"})
"""Elements of the Header that only hold others."""

_NAMES: Final = frozenset({"surname", "forename"})
"""Items that are not repeated in a fault: a list of findings names no one."""


class Walker:
    """Puts records into ``buffers`` and what is odd about them into ``faults``."""

    def __init__(self, buffers: Mapping[str, Buffer], faults: Faults) -> None:
        self._buffers = buffers
        self._faults = faults
        self._namespace_told = False

    def person(self, element: etree._Element) -> None:
        """Read one whole Person."""
        self._record(element, self._buffers["person"], 0)

    def header(self, element: etree._Element) -> None:
        """Read the Header: its items may stand in any block inside it."""
        buffer = self._buffers["sen2"]
        row = buffer.blank[:]
        self._block(element, buffer, row)
        buffer.cells += row
        buffer.above.append(0)
        buffer.lines.append(line_of(element))
        buffer.count += 1

    def misplaced(self, element: etree._Element, under: str) -> None:
        """Report an element that stands where nothing reads it."""
        name = shown_name(element)
        belongs = BELONGS_IN.get(name.lower())
        if belongs is None:
            rule, action = "F03", "Check its spelling. If it is not needed, remove it."
            what = f"{name} under {under} is not an element of a SEN2 return; it and what it holds are left out."
        else:
            rule, action = "F05", f"Move it into the {belongs} it belongs to."
            what = f"{name} stands under {under} but belongs in {belongs}; it and what it holds are left out."
        self._faults.add(rule, what, action=action, line=line_of(element), value=name, kind=f"{name} {under}")

    def _block(self, element: etree._Element, buffer: Buffer, row: list[str | None]) -> None:
        for child in element:
            name = local_name(child)
            if not name:
                continue
            place = buffer.by_lower.get(name)
            if isinstance(place, int):
                row[place] = self._item(child, row[place], buffer)
            elif name in _BLOCKS and name != local_name(element):
                self._block(child, buffer, row)
            else:
                self.misplaced(child, shown_name(element))

    def _record(self, element: etree._Element, buffer: Buffer, above: int) -> None:
        row = buffer.blank[:]
        number = buffer.count
        buffer.count = number + 1
        buffer.above.append(above)
        buffer.lines.append(line_of(element))
        items, records = buffer.items, buffer.records
        for child in element:
            tag = child.tag
            index = items.get(tag)
            if index is not None:
                if row[index] is None and not len(child):
                    row[index] = child.text
                else:
                    row[index] = self._item(child, row[index], buffer)
            elif (below := records.get(tag)) is not None:
                self._record(child, below, number)
            elif local_name(child):
                self._odd(child, buffer, row, number)
        buffer.cells += row

    def _odd(self, child: etree._Element, buffer: Buffer, row: list[str | None], number: int) -> None:
        """A child whose name is not spelt as the layout spells it."""
        place: Place | None = buffer.by_lower.get(local_name(child))
        if place is None:
            self.misplaced(child, buffer.table.xml)
            return
        buffer.learn(str(child.tag), place)
        self._tell_namespace(child)
        if isinstance(place, int):
            row[place] = self._item(child, row[place], buffer)
        else:
            self._record(child, place, number)

    def _tell_namespace(self, child: etree._Element) -> None:
        namespace = str(child.tag).rpartition("}")[0].removeprefix("{")
        if not namespace or self._namespace_told:
            return
        self._namespace_told = True
        self._faults.add(
            "F07",
            "Elements of the file are in a namespace. It is passed over, and the file read as if there were none.",
            action="Nothing, to read the file here. Take the namespace out before the file is sent to COLLECT.",
            line=line_of(child),
            value=namespace,
        )

    def _item(self, child: etree._Element, held: str | None, buffer: Buffer) -> str | None:
        """The text of an item that is given twice, or that has comments or elements in it."""
        name, table = shown_name(child), buffer.table
        text = own_text(child)
        if any(local_name(inside) for inside in child):
            what = f"{name} in {table.xml} holds other elements; only its own text is kept."
            self._tell(child, buffer, "F08", what, f"Give {name} as text.", text)
        if not (held and held.strip()):
            return text
        if text and text.strip():
            what = f"{name} is given more than once in one {table.xml}; the first is kept."
            self._tell(child, buffer, "F04", what, f"Remove the {name} that is wrong.", text)
        return held

    def _tell(self, child: etree._Element, buffer: Buffer, rule: str, what: str, action: str, text: str | None) -> None:
        name, table = local_name(child), buffer.table.name
        value = "" if name in _NAMES else text or ""
        self._faults.add(
            rule, what, action=action, line=line_of(child), table=table, value=value, kind=f"{name} {table}"
        )
