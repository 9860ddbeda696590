"""The glossary: every word of the vocabulary with its code, label and source, as one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rightplace.vocabulary import codes, ethnicity, need, setting, year_group
from rightplace.vocabulary.term import Term

_MODULES: Final = (codes, need, setting, year_group)


def lists() -> tuple[type[Term], ...]:
    """Every list of terms in the vocabulary, in the order of their names."""
    found = {
        thing
        for module in _MODULES
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Term) and thing is not Term
    }
    return tuple(sorted(found, key=lambda thing: thing.__name__))


def markdown() -> str:
    """A glossary page in Markdown: one table for each list, sorted, with labels and sources.

    The page depends on nothing but the vocabulary, so that the same words give the same bytes.
    """
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Glossary"
    yield ""
    yield "The words Rightplace uses for codes, with what each means and who defined it. This page is generated"
    yield "from `rightplace.vocabulary`; change a word there and not here."
    for terms in lists():
        yield from _section(_title(terms), terms.__doc__ or "", ((m.value, m.label, m.source) for m in terms))
    rows = ((code, label, ethnicity.SOURCE) for code, label in ethnicity.ETHNICITIES.items())
    yield from _section("Ethnicity", "Ethnicity as families give it, by main and extended code.", rows)


def _section(title: str, meaning: str, rows: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    yield from ("", f"## {title}", "", meaning.split("\n\n")[0].replace("\n", " ").strip(), "")
    yield from ("| Code | Means | Defined by |", "| --- | --- | --- |")
    for code, label, source in sorted(rows, key=lambda row: (row[1].casefold(), row[0])):
        yield f"| `{code}` | {label} | {source} |"


def _title(terms: type[Term]) -> str:
    name = terms.__name__
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced[0].upper() + spaced[1:]
