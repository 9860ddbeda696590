"""What to say when the parser stops: the file is cut short, breaks the rules of XML, or is too much to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from rightplace.errors import RefusedError, UserError
from rightplace.returns.sen2.faults import Faults

_INVALID_BYTES: Final = frozenset({9, 81, 6003})
_TOO_MUCH: Final = frozenset({110, 111, 114})
_TEXT_CHARACTERS: Final = 10_000_000
_NAME_CHARACTERS: Final = 50_000
_DEPTH: Final = 256
_FATAL: Final = 3
_TAG: Final = "</message>"

_WORDS: Final[dict[int, str]] = {
    5: "there is more after the end of the return",
    26: "it uses a name between '&' and ';' that XML does not have",
    64: "there is a second XML declaration, or space before the first; two files may have been joined",
    68: "it has '&' or '<' in its text, which XML writes as '&amp;' and '&lt;'",
    73: "a tag is not finished",
    76: "a closing tag does not match the element it closes",
}
"""libxml2's error codes (xmlParserErrors) in our words; any other is given in libxml2's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where and why parsing stopped.

    ``root_closed`` is true when the root element had been read to its end; ``cut_short`` when the
    file ends before it; ``fatal`` is false when everything was read in spite of the error.
    """

    code: int
    line: int
    column: int
    words: str
    root_closed: bool
    cut_short: bool
    fatal: bool

    @property
    def invalid_bytes(self) -> bool:
        """The bytes are not in the file's encoding, or a character is one that XML forbids."""
        return self.code in _INVALID_BYTES

    @property
    def too_much(self) -> bool:
        """The parser met one of its limits."""
        return self.code in _TOO_MUCH or "too big" in self.words or "too long" in self.words


def find_break(error: etree.XMLSyntaxError, log: etree._ListErrorLog, *, all_given: bool, tail: bytes) -> Break:
    """The break behind an error: the first fatal thing the parser complained of, which is not always what it raised.

    ``tail`` is the end of what was given to the parser, ``all_given`` whether that was the whole file.
    """
    first = next((entry for entry in log if entry.level >= _FATAL), None) or next(iter(log), None)
    code = first.type if first is not None else getattr(error, "code", 0)
    ends = _TAG in tail.replace(b"\0", b"").decode("latin-1").lower()
    return Break(
        code=code,
        line=first.line if first is not None else error.lineno or 0,
        column=first.column if first is not None else error.offset or 0,
        words=(first.message if first is not None else error.msg or "").strip(),
        root_closed=code in (5, 64) and ends,
        cut_short=all_given and not ends,
        fatal=first is None or first.level >= _FATAL,
    )


def refuse_if_too_much(broken: Break, *, where: str) -> None:
    """Raises ``RefusedError`` when the parser stopped at one of its limits."""
    if broken.too_much:
        raise RefusedError(
            f"It holds a text longer than {_TEXT_CHARACTERS:,} characters, a name longer than {_NAME_CHARACTERS:,} or"
            f" elements more than {_DEPTH} deep. A SEN2 return has none of these.",
            where=_at(where, broken.line),
            action="Check that it is a SEN2 return, and export it again.",
        )


def note(broken: Break, faults: Faults, *, people: int, resumed: int | None) -> None:
    """Add the break to the faults. ``resumed`` is the line reading went on from, when it did."""
    read = "1 person was read before it" if people == 1 else f"{people:,} people were read before it"
    rule, what, action = _told(broken)
    if resumed is not None:
        rest = f"reading went on with the person on line {resumed}, and what stands between was left out"
    elif not broken.fatal:
        rest = "the rest of the file was read all the same"
    elif broken.root_closed:
        rest = "what comes after the return was not read"
    else:
        rest = "what comes after was not read"
    faults.add(rule, f"{what}; {read}; {rest}.", action=action, line=broken.line, kind=f"break {broken.line}")


def nothing_kept(broken: Break, *, where: str) -> UserError:
    """The error for a file that broke before anything could be kept."""
    _, what, action = _told(broken)
    return UserError(f"{what}, and nothing before that could be kept.", where=_at(where, broken.line), action=action)


def _told(broken: Break) -> tuple[str, str, str]:
    if broken.cut_short:
        return "F01", "The file is cut short here", "Export or copy the file again, and check its size afterwards."
    words = _WORDS.get(broken.code, broken.words.rstrip("."))
    rule = "H12" if broken.invalid_bytes else "F02"
    return rule, f"The file breaks the rules of XML here: {words}", "Mend that line, or export the return again."


def _at(where: str, line: int) -> str:
    return f"{where}, line {line}" if line else where
