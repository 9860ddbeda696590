"""Pupil and learner numbers: what a valid one looks like, and how its check character is found.

A unique pupil number (UPN) is a check letter, the authority's three digits, the establishment's four,
two for the year and three for the serial; in a temporary UPN the last character is a letter. A
unique learner number (ULN) is ten digits of which the last is a check digit.
"""

from __future__ import annotations

import re
from typing import Final

import polars as pl

UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a UPN, in order of their value 0 to 22. I, O and S are not used."""

UPN_PATTERN: Final = r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$"
"""Shape of a UPN, permanent or temporary. The check letter is a further condition."""

ULN_PATTERN: Final = r"^[1-9][0-9]{9}$"
"""Shape of a ULN. The check digit is a further condition."""

_UPN: Final = re.compile(UPN_PATTERN.replace("$", r"\Z"))
_ULN: Final = re.compile(ULN_PATTERN.replace("$", r"\Z"))
_DIGITS: Final = re.compile(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]\Z")
_ENDINGS: Final = 9
_MADE_ULNS: Final = 10**7 * _ENDINGS
_LETTER_VALUE: Final = {letter: value for value, letter in enumerate(UPN_LETTERS)}


def upn_check_letter(digits: str) -> str:
    """The first letter of a UPN, from its twelve other characters.

    Characters 2 to 13 are weighted by their position and summed; the remainder on division by 23
    picks the letter. A final letter, as in a temporary UPN, counts as its value 0 to 22. Raises
    ``ValueError`` when ``digits`` has another shape.

    Source: DfE, "Unique pupil numbers (UPNs): a guide for schools and local authorities".
    """
    if not _DIGITS.match(digits):
        raise ValueError(f"{digits!r} is not the twelve characters that follow a UPN's check letter.")
    values = (*map(int, digits[:-1]), _LETTER_VALUE[digits[-1]] if digits[-1] in _LETTER_VALUE else int(digits[-1]))
    return UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23]


def upn_is_valid(text: str) -> bool:
    """Whether text is a UPN, permanent or temporary, with the right check letter. Lower case is not."""
    return bool(_UPN.match(text)) and upn_check_letter(text[1:]) == text[0]


def upn_is_temporary(text: str) -> bool:
    """Whether a valid UPN is a temporary one."""
    return upn_is_valid(text) and text[-1] in _LETTER_VALUE


def uln_is_valid(text: str) -> bool:
    """Whether text is a ULN with the right check digit.

    The ten digits weighted 10 to 1 sum to 10 more than a multiple of 11. Source: Learning Records
    Service; HESA's and DfE's school census rules state the same test.
    """
    return bool(_ULN.match(text)) and _weighted(text) % 11 == 10


def make_upn(la: str, establishment: str, year: int, serial: int) -> str:
    """A permanent UPN for an authority (3 digits), establishment (4 digits), year and serial (0 to 999).

    ``year`` is a calendar year, of which the UPN keeps two digits. Raises ``ValueError`` for parts
    of the wrong length.
    """
    if not 0 <= serial <= 999:
        raise ValueError(f"UPN serial {serial} is outside 0 to 999.")
    if not re.fullmatch(r"[0-9]{3}", la) or not re.fullmatch(r"[0-9]{4}", establishment):
        raise ValueError(
            f"A UPN needs an authority of 3 digits and an establishment of 4, not {la!r} and {establishment!r}."
        )
    digits = f"{la}{establishment}{year % 100:02d}{serial:03d}"
    return upn_check_letter(digits) + digits


def make_uln(n: int) -> str:
    """A valid ULN for a whole number from 0 to 89,999,999; different numbers give different ULNs.

    They all start with 9, away from the first ones issued. Raises ``ValueError`` outside the range.
    """
    if not 0 <= n < _MADE_ULNS:
        raise ValueError(f"A made-up ULN is numbered 0 to {_MADE_ULNS - 1}, not {n}.")
    stem, choice = divmod(n, _ENDINGS)
    eight = f"9{stem:07d}"
    # A first nine digits whose weighted sum is a multiple of 11 has no ULN. The ninth digit weighs 2, whose
    # inverse modulo 11 is 6, so at most one ninth digit is so, which leaves nine to choose from.
    unusable = _weighted(eight) * -6 % 11
    nine = eight + str(choice + (choice >= unusable))
    return nine + str(10 - _weighted(nine) % 11)


def upn_valid_expr(text: pl.Expr) -> pl.Expr:
    """As :func:`upn_is_valid`, for a String expression: Boolean, null where the text is null."""
    middle = text.str.slice(1, 11).cast(pl.Int64, strict=False)
    weighted = [_digit(middle, 10 - place) * (place + 2) for place in range(11)]
    last = _character(text, 12, {**_LETTER_VALUE, **{str(digit): digit for digit in range(10)}})
    letter = _character(text, 0, _LETTER_VALUE)
    right = pl.sum_horizontal(*weighted, last * 13, ignore_nulls=False) % 23 == letter
    return _where_present(text, text.str.contains(UPN_PATTERN) & right.fill_null(value=False))


def uln_valid_expr(text: pl.Expr) -> pl.Expr:
    """As :func:`uln_is_valid`, for a String expression: Boolean, null where the text is null."""
    number = text.cast(pl.Int64, strict=False)
    weighted = [_digit(number, 9 - place) * (10 - place) for place in range(10)]
    right = pl.sum_horizontal(*weighted, ignore_nulls=False) % 11 == 10
    return _where_present(text, text.str.contains(ULN_PATTERN) & right.fill_null(value=False))


def _weighted(leading_digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(leading_digits, range(10, 0, -1), strict=False))


def _digit(number: pl.Expr, power: int) -> pl.Expr:
    return number // int(10**power) % 10


def _character(text: pl.Expr, place: int, values: dict[str, int]) -> pl.Expr:
    return text.str.slice(place, 1).replace_strict(values, default=None, return_dtype=pl.Int64)


def _where_present(text: pl.Expr, verdict: pl.Expr) -> pl.Expr:
    return pl.when(text.is_not_null()).then(verdict)
