"""An XML return while it is parsed: the tree is read and cut away Person by Person, so that it never grows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from lxml import etree

from rightplace.errors import RefusedError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.breaks import Break, find_break
from rightplace.returns.sen2.buffers import flush_all, make_buffers
from rightplace.returns.sen2.elements import local_name, shown_name
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.lines import line_of
from rightplace.returns.sen2.walker import Walker

_FLUSH_BYTES: Final = 4 * limits.MEGABYTE
_TAIL_BYTES: Final = 400
_LINES: Final = 1 << 16


class _Refuser(etree.Resolver):
    """Opens nothing, whatever the file asks for."""

    def resolve(self, system_url: str, public_id: str, *context: object) -> object:
        raise RefusedError(f"The file asks for {system_url} to be opened.", action="Remove that from it.")


class Document:
    """A file being read. ``buffers`` gather its records and ``people`` counts those that were whole."""

    def __init__(self, *, source: str, root: str, faults: Faults) -> None:
        self.buffers = make_buffers()
        self.people = 0
        self.has_header = self.has_persons = False
        self._source = source
        self._root_name = root if root.isidentifier() else "Message"
        self._faults = faults
        self._walker = Walker(self.buffers, faults)
        self._start()

    def _start(self) -> None:
        self._root: etree._Element | None = None
        self._persons: etree._Element | None = None
        self._done: etree._Element | None = None
        self._since_person = 0
        self._tail = b""
        # collect_ids=False would be faster, but in lxml 6.1 it makes the parser open an external DTD.
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in (self._root_name, "Message", "Person", "PERSON", "person")],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        self._parser.resolvers.add(_Refuser())

    def read(self, pieces: Iterable[bytes], tick: Callable[[], None]) -> Break | None:
        """Parse a document to its end or to the first break. ``tick`` is called now and then."""
        self._start()
        return self._parse(pieces, tick)

    def read_on(self, pieces: Iterable[bytes], line: int, tick: Callable[[], None]) -> Break | None:
        """Parse what follows a break, from a Person on ``line``, to the end or to the next break."""
        self._start()
        for left in range(line - 1, 0, -_LINES):
            self._parser.feed(b"\n" * min(left, _LINES))
        self._parser.feed(b"<Message><Persons>")
        return self._parse(pieces, tick)

    def _parse(self, pieces: Iterable[bytes], tick: Callable[[], None]) -> Break | None:
        all_given, unflushed, broken = False, 0, None
        try:
            for piece in pieces:
                self._feed(piece)
                unflushed += len(piece)
                if unflushed > _FLUSH_BYTES:
                    flush_all(self.buffers, where=self._source)
                    unflushed = 0
                    tick()
            all_given = True
            self._root = self._parser.close()
        except etree.XMLSyntaxError as error:
            self._take()
            broken = find_break(error, self._parser.feed_error_log, all_given=all_given, tail=self._tail)
        self._finish(whole=broken is None or broken.root_closed or not broken.fatal)
        flush_all(self.buffers, where=self._source)
        tick()
        return broken

    def _feed(self, piece: bytes) -> None:
        self._tail = (self._tail + piece)[-_TAIL_BYTES:]
        self._since_person += len(piece)
        self._parser.feed(piece)
        self._take()
        if self._root is not None:
            self._sweep_root(self._root, whole=False)
        if self._since_person > limits.RECORD_BYTES:
            raise RefusedError(
                f"More than {limits.RECORD_BYTES // limits.MEGABYTE} MB of the file passed without the end of a"
                f" Person, after {self.people:,} that were read.",
                where=self._source,
                action="Check that it is a SEN2 return, and export it again.",
            )

    def _take(self) -> None:
        """Read every Person that has ended since the last time."""
        for event, element in self._parser.read_events():
            if not isinstance(element, etree._Element):
                continue
            if self._root is None:
                self._root = element.getroottree().getroot()
            if event == "start" or element is self._root:
                continue
            above = element.getparent()
            if above is None or (above is not self._persons and not self._is_persons(above)):
                continue
            # Only what stands before an element may be cut away: the parser still writes after it.
            for before in reversed(list(element.itersiblings(preceding=True))):
                self._dispose(before, above)
            self._person(element)
            del element[:]
            self._done = element

    def _is_persons(self, element: etree._Element) -> bool:
        if element.getparent() is not self._root or local_name(element) != "persons":
            return False
        if self._done is not None and (before := self._done.getparent()) is not None:
            before.remove(self._done)
        self._persons = element
        return True

    def _person(self, element: etree._Element) -> None:
        self._walker.person(element)
        self.people += 1
        self._since_person = 0

    def _dispose(self, element: etree._Element, above: etree._Element) -> None:
        """Read or report a whole child of Persons, then cut it away."""
        if element is not self._done and local_name(element):
            if local_name(element) == "person":
                self._person(element)
            else:
                self._walker.misplaced(element, shown_name(above))
        above.remove(element)

    def _sweep_root(self, root: etree._Element, *, whole: bool) -> None:
        """Read or report the children of Message that have ended; the last one may still be open."""
        children = list(root)
        for child in children if whole else children[:-1]:
            self._child_of_root(child)
            root.remove(child)
        if not whole and children and local_name(children[-1]) == "persons":
            self._sweep_persons(children[-1], whole=False)

    def _sweep_persons(self, persons: etree._Element, *, whole: bool) -> None:
        children = list(persons)
        for child in children if whole else children[:-1]:
            self._dispose(child, persons)

    def _child_of_root(self, child: etree._Element) -> None:
        name = local_name(child)
        if name == "header":
            self._header(child)
        elif name == "persons":
            self.has_persons = True
            self._sweep_persons(child, whole=True)
        elif name == "person":
            self._person(child)
            self._tell("Person records stand outside Persons; they were read.", "Put them inside Persons.", child)
        elif name:
            self._walker.misplaced(child, "Message")

    def _header(self, element: etree._Element) -> None:
        if self.has_header:
            self._tell(
                "There is a second Header; only the first was read.",
                "Keep one Header. If two returns were joined, separate them.",
                element,
            )
            return
        self.has_header = True
        self._walker.header(element)

    def _tell(self, what: str, action: str, element: etree._Element) -> None:
        self._faults.add("H01", what, action=action, line=line_of(element))

    def _finish(self, *, whole: bool) -> None:
        if self._root is None:
            return
        self.has_persons = self.has_persons or any(local_name(child) == "persons" for child in self._root)
        self._sweep_root(self._root, whole=whole)
