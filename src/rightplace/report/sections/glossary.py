"""The words the report uses, each with its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rightplace.report.model import Bullets, Figure, Note, Para, Section, TableBlock, Words

TERMS: Final = (
    ("Alternative provision", "education for those who cannot attend a school, arranged by an authority or a school."),
    ("Census day", "the day in January on which the plans in place are counted; usually the third Thursday."),
    (
        "Education otherwise than at school",
        "education arranged by the authority outside any school or college (Children and Families Act 2014, section 61).",
    ),
    (
        "EHC plan",
        "an education, health and care plan: what a child or young person with special educational needs must be given, "
        "and where (Children and Families Act 2014, section 37).",
    ),
    (
        "Futures",
        "simulated ways the next years could go. A range that holds 8 in 10 of them leaves one in ten at each end.",
    ),
    ("Joiners", "children and young people with a plan this January who had none in this area the January before."),
    ("Leavers", "children and young people with a plan last January who have none in this area now."),
    ("Middle", "the number with as many futures above it as below (the median)."),
    ("Movers", "children and young people with a plan in both Januaries who are in another kind of setting."),
    (
        "Non-maintained special school",
        "a special school run by a charity or trust and approved under section 342 of the Education Act 1996.",
    ),
    ("Phase", "the stage of education that a year group falls in."),
    ("Primary need", "the main type of need recorded on the plan."),
    ("Resourced provision", "places in a mainstream school for pupils who are mostly taught in its ordinary classes."),
    ("SEN unit", "places in a mainstream school for pupils who are mostly taught in classes of their own."),
    ("Specialist post-16 institution", "an institution for students over 16 with special educational needs."),
    ("State special school", "a special school run by an authority or an academy trust."),
)


def section(sections: Iterable[Section]) -> Section:
    """The terms that the other sections use."""
    text = " ".join(_texts(sections)).casefold()
    used = tuple(
        (term, meaning) for term, meaning in TERMS if term.casefold() in text or term.casefold().rstrip("s") in text
    )
    return Section(key="words", heading="Words used", blocks=(Words(terms=used),))


def _texts(sections: Iterable[Section]) -> Iterable[str]:
    for section_ in sections:
        yield section_.heading
        for table in section_.tables():
            yield from (table.title, table.units, *(column.name for column in table.columns), *table.notes)
            yield from (cell for row in table.rows for cell in row if isinstance(cell, str))
        for block in section_.blocks:
            match block:
                case Para() | Note():
                    yield block.text
                case Bullets():
                    yield from block.items
                case Figure():
                    yield from (block.title, block.reading)
                case Words() | TableBlock():
                    pass
