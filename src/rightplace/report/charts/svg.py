"""Making a picture of a chart fit to stand in a page: titled, described, scalable and alone."""

from __future__ import annotations

from typing import Final

from lxml import etree

SMALLEST: Final = 0.75
"""A picture is never shown below this part of its own size, so that its words stay readable; it scrolls instead."""

NAMESPACE: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_NAMES: Final = ("aria-label", "aria-roledescription", "aria-hidden", "role", "class", "pointer-events")
_REFERS: Final = ("clip-path", "fill", "stroke", "mask")


def accessible(svg: str, *, key: str, title: str, description: str) -> str:
    """The picture with one title and one description, ids that start with ``key``, and its own width.

    The drawing program's own descriptions are taken out: the page has the sentence and the table, and
    a screen reader that walked each mark would say far more and tell less. Labels the program drew
    but made invisible are taken out too, so that nothing is in the file that is not on the page.
    """
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter(f"{{{NAMESPACE}}}text", f"{{{NAMESPACE}}}path")):
        if element.get("opacity") == "0" or (element.get("display") == "none" and not len(element)):
            _remove(element)
    for element in root.iter(f"{{{NAMESPACE}}}*"):
        for name in _NAMES:
            if name in element.attrib:
                del element.attrib[name]
        _rename(element, key)
    _describe(root, key, title, description)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[])
    return etree.tostring(root, encoding="unicode").replace(f' xmlns="{NAMESPACE}"', "", 1)


def _describe(root: etree._Element, key: str, title: str, description: str) -> None:
    width = float(root.attrib["width"])
    root.set("style", f"max-width:{width:.0f}px;min-width:{SMALLEST * width:.0f}px")
    for name in ("width", "height", "version"):
        del root.attrib[name]
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    root.set("focusable", "false")
    for position, (name, text) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{{{NAMESPACE}}}{name}", id=f"{key}-{name}")
        element.text = text
        root.insert(position, element)


def _rename(element: etree._Element, key: str) -> None:
    if "id" in element.attrib:
        element.set("id", f"{key}-{element.get('id')}")
    for name in _REFERS:
        value = element.get(name, "")
        if value.startswith("url(#"):
            element.set(name, value.replace("url(#", f"url(#{key}-"))
    link = element.get(f"{{{_XLINK}}}href")
    if link is not None:
        element.set(f"{{{_XLINK}}}href", link.replace("#", f"#{key}-"))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
