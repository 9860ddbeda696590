"""What an element of a return is called, where it belongs and what it says."""

from __future__ import annotations

from typing import Final

from lxml import etree

from rightplace.returns.sen2.layout import BY_NAME, TABLES, Table


def _above(table: Table) -> str:
    if table.parent is None:
        return "Message"
    return "Persons" if table.parent == "sen2" else BY_NAME[table.parent].xml


def _belongs_in() -> dict[str, str]:
    homes: dict[str, list[str]] = {}
    for table in TABLES:
        homes.setdefault(table.xml.lower(), []).append(_above(table))
        for item in table.items:
            homes.setdefault(item.xml.lower(), []).append(table.xml)
    return {name: " or ".join(tables) for name, tables in homes.items()}


BELONGS_IN: Final[dict[str, str]] = _belongs_in()
"""Lower-case name of every record and item to the record, or records, it stands in."""


def local_name(element: etree._Element) -> str:
    """The name of an element in lower case, without namespace or prefix; "" for a comment or instruction."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def shown_name(element: etree._Element) -> str:
    """The name of an element as spelt, without its namespace, short enough to show."""
    return str(element.tag).rpartition("}")[2][:60]


def own_text(element: etree._Element) -> str | None:
    """The text of an element that has comments or elements in it, without theirs."""
    return "".join([element.text or "", *(inside.tail or "" for inside in element)]) or None
