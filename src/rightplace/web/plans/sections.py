"""The sections of an EHC plan.

Source: SEND Regulations 2014 (SI 2014/1530), regulation 12(1) and (4), as made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: its letter, its title, its law, and what its entries are like.

    ``one``: what an entry is called ("need"). ``many``: several entries. ``measured``: entries say how much, how often and
    who. ``ties``: letters of the sections whose entries an entry is tied to.
    """

    letter: str
    title: str
    basis: str
    one: str
    many: bool = True
    measured: bool = False
    ties: tuple[str, ...] = ()
    hint: str = ""


_REGULATION: Final = "SEND Regulations 2014, regulation 12"

_ALL: Final = (
    Section(
        letter="A", title="Views, interests and aspirations", one="views", many=False, basis=f"{_REGULATION}(1)(a)",
        hint="Of the child and the parents, or of the young person. In their own words where you can.",
    ),
    Section(
        letter="B", title="Special educational needs", one="need", basis=f"{_REGULATION}(1)(b)",
        hint="One need in each entry, so that provision can be tied to it.",
    ),
    Section(
        letter="C", title="Health care needs", one="health care need", basis=f"{_REGULATION}(1)(c)",
        hint="Those that relate to the special educational needs.",
    ),
    Section(
        letter="D", title="Social care needs", one="social care need", basis=f"{_REGULATION}(1)(d)",
        hint="Those that relate to the special educational needs or to a disability.",
    ),
    Section(
        letter="E", title="Outcomes", one="outcome", ties=("B", "C", "D"), basis=f"{_REGULATION}(1)(e)",
        hint="What the child or young person will be able to do, and by when.",
    ),
    Section(
        letter="F", title="Special educational provision", one="provision", measured=True, ties=("B", "E"),
        basis=f"{_REGULATION}(1)(f)", hint="Provision that educates or trains belongs here, whoever gives it.",
    ),
    Section(
        letter="G", title="Health care provision", one="health care provision", measured=True, ties=("C", "E"),
        basis=f"{_REGULATION}(1)(g) and (2)", hint="Agreed by the body that is responsible for commissioning it.",
    ),
    Section(
        letter="H1", title="Social care provision under the 1970 Act", one="social care provision", measured=True,
        ties=("D", "E"), basis=f"{_REGULATION}(1)(h)(i)", hint="Chronically Sick and Disabled Persons Act 1970, section 2.",
    ),
    Section(
        letter="H2", title="Other social care provision", one="social care provision", measured=True, ties=("D", "E"),
        basis=f"{_REGULATION}(1)(h)(ii)",
    ),
    Section(
        letter="I", title="School, college or other setting", one="setting", many=False, basis=f"{_REGULATION}(1)(i)",
        hint="Blank in a draft. In a final plan: the name and type, or the type alone.",
    ),
    Section(
        letter="J", title="Personal budget", one="direct payment", ties=("B", "E"), basis=f"{_REGULATION}(1)(j)",
        hint="The needs and outcomes to be met by direct payments.",
    ),
    Section(
        letter="K", title="Advice and information", one="piece of advice", basis=f"{_REGULATION}(4)",
        hint="Whose advice, and of what day. The advice itself is appended.",
    ),
)  # fmt: skip

SECTIONS: Final[Mapping[str, Section]] = MappingProxyType({section.letter: section for section in _ALL})
"""Letter to section, in the order of the regulation."""

NEEDS: Final = ("B", "C", "D")
PROVISION: Final = ("F", "G", "H1", "H2")
