"""Local authorities in England: their codes, names and regions, and what became of those reorganised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from rightplace.errors import UserError
from rightplace.vocabulary import data_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A local authority with responsibility for education.

    ``code`` is DfE's three digits. ``ons_code`` is the Office for National Statistics code in use now (or when
    the authority ended); ``other_ons_codes`` are earlier ones that published files still carry.
    ``first_year`` and ``last_year`` are the first and last January (SEN2 census year) of the code:
    None where it began before 2010, or has not ended. ``into`` are the codes that took its area.
    ``verified`` is False where the code is from general knowledge.
    """

    code: str
    name: str
    region: str
    ons_code: str
    first_year: int | None = None
    last_year: int | None = None
    other_ons_codes: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    verified: bool = True

    def in_force(self, year: int) -> bool:
        """Whether the code is used in the January of a year."""
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )


def _read() -> Iterator[Authority]:
    facts: dict[str, Any] = data_file.read("rightplace.vocabulary", "authorities.yaml")
    for region in facts["regions"]:
        for row in region["authorities"]:
            yield Authority(
                code=row["code"],
                name=row["name"],
                region=region["name"],
                ons_code=row["ons"],
                first_year=row.get("first"),
                last_year=row.get("last"),
                other_ons_codes=tuple(row.get("also", ())),
                into=tuple(row.get("into", ())),
                verified=row.get("verified", True),
            )


AUTHORITIES: Final[dict[str, Authority]] = {a.code: a for a in sorted(_read(), key=lambda a: a.code)}
"""Every authority, current and former, by DfE's three-digit code, in the order of the codes."""

MADE_UP: Final[dict[str, Authority]] = {
    code: Authority(code=code, name=name, region="Made up", ons_code="", verified=False)
    for code, name in (("999", "Marlshire (made-up)"), ("998", "Beyond Marlshire (made-up)"))
}
"""Authorities that are nobody's, in no list but this one: the example's own, and the one its neighbours stand in."""

ONS_CODES: Final[dict[str, str]] = {
    ons_code: a.code for a in AUTHORITIES.values() for ons_code in (a.ons_code, *a.other_ons_codes)
}
"""Every ONS code, in any of its forms, to DfE's three-digit code."""


def current(year: int) -> list[str]:
    """Three-digit codes in force in the January of a year, in order: 153 from 2024, 152 in 2022 and 2023."""
    return [code for code, authority in AUTHORITIES.items() if authority.in_force(year)]


def name(code: str) -> str:
    """Name of an authority, real or made up, by its three-digit code. Raises ``KeyError`` for an unknown code."""
    return (AUTHORITIES | MADE_UP)[code].name


def successors(code: str) -> tuple[str, ...]:
    """The codes now in force for the area of an authority: itself, while it has not been reorganised.

    An area that was split gives each part; no share of the people is implied. Raises ``KeyError``
    for an unknown code.
    """
    authority = AUTHORITIES[code]
    if not authority.into:
        return (code,)
    return tuple(dict.fromkeys(last for next_code in authority.into for last in successors(next_code)))


def find(text: str) -> Authority:
    """The authority a person means by a three-digit code, an ONS code or a name.

    A name is compared without regard to case, punctuation or "City of", "County of" and "Council", and
    part of a name is enough when only one authority in force has it ("Hull"). Where two authorities
    share a name (Dorset before and after 2019) the one still in force is given. Raises
    ``UserError``, with the nearest names, when nothing fits.
    """
    wanted = text.strip()
    code = ONS_CODES.get(wanted.upper(), wanted)
    if code in AUTHORITIES:
        return AUTHORITIES[code]
    names = _names()
    plain = _plain(wanted)
    if plain and plain in names:
        return names[plain]
    holders = _holders(plain, names)
    if len(holders) == 1:
        return holders[0]
    near = holders[:3] or [names[match] for match in get_close_matches(plain, names, n=3, cutoff=0.6)]
    suggestion = " or ".join(f"{authority.code} ({authority.name})" for authority in near)
    raise UserError(
        f"No local authority in England is called or coded {wanted!r}.",
        action=f"Did you mean {suggestion}?" if near else "Give a code such as 302, an ONS code, or a name.",
    )


def _holders(plain: str, names: dict[str, Authority]) -> list[Authority]:
    """Authorities in force whose name has every word of ``plain``."""
    words = set(plain.split())
    return [a for known, a in names.items() if words and a.last_year is None and words <= set(known.split())]


def _names() -> dict[str, Authority]:
    names: dict[str, Authority] = {}
    for authority in AUTHORITIES.values():
        held = names.get(_plain(authority.name))
        if held is None or held.last_year is not None:
            names[_plain(authority.name)] = authority
    return names


_FILLER: Final = re.compile(
    r"\b(the|city|county|royal|london borough|metropolitan|district|borough|council|unitary|authority|and|of|upon|on)\b"
)


def _plain(text: str) -> str:
    words = re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-,/&]", " ", text.casefold()))
    return " ".join(sorted(_FILLER.sub(" ", words).split()))
