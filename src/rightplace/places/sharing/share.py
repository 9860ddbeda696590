"""A pot shared between areas by a framework, with the reasons."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import Any, Final

import polars as pl

from rightplace.errors import UserError
from rightplace.places.sharing.framework import NEED, Framework
from rightplace.places.sharing.rounding import filled, whole

SHARES: Final = {
    "la_code": pl.String(), "amount": pl.Int64(), "share": pl.Float64(), "before_limits": pl.Float64(), "limit": pl.String(),
    "reason": pl.String(),
}  # fmt: skip
"""Columns of :func:`share`; before ``limit`` comes one ``share_...`` for each factor, the part of the pot it brings."""


def share(areas: pl.DataFrame, pot: int, framework: Framework) -> pl.DataFrame:
    """``pot`` whole units shared between areas: one row an area, by code; columns :data:`SHARES` and those of the factors.

    ``areas`` has ``la_code`` and a column for each factor, numbers not below 0, or null where not known. An area's share of a factor is
    its number over the sum of all. Where a factor of an area is not known, the area has the share of that factor that it has
    of the need, and the others divide the rest. An area whose need is not known gets no amount (null), and the reason says so.
    ``share`` is of the pot before the least and the most; ``limit`` is "floor", "cap" or "". The amounts add up to the pot.

    Raises ``UserError`` where numbers are below 0, areas come twice, or the pot cannot be shared within the least and the most.
    """
    rows = areas.sort("la_code")
    _check(rows, pot, framework)
    known = rows.filter(pl.col(NEED).is_not_null())
    names = known["la_code"].to_list()
    parts = _parts(known, framework)
    shares = [sum((part[i] for part in parts.values()), Fraction(0)) for i in range(len(names))]
    amounts = _amounts(pot, shares, framework)
    given = whole(amounts, names)
    made = pl.DataFrame(
        {
            "la_code": names,
            "amount": given,
            "share": [float(each) for each in shares],
            "before_limits": [float(each * pot) for each in shares],
            **{f"share_{name}": [float(each) for each in part] for name, part in parts.items()},
            "limit": [_limit(each, framework) for each in amounts],
        },
        schema={**_columns(framework), "la_code": pl.String()},
    )
    return _with_reasons(rows.select("la_code", *parts).join(made, on="la_code", how="left"), framework)


def _columns(framework: Framework) -> dict[str, pl.DataType]:
    first = {name: SHARES[name] for name in ("la_code", "amount", "share", "before_limits")}
    return {**first, **{f"share_{factor.name}": pl.Float64() for factor in framework.factors}, "limit": pl.String()}


def _check(rows: pl.DataFrame, pot: int, framework: Framework) -> None:
    twice = rows.filter(pl.col("la_code").is_duplicated())["la_code"].unique().sort().to_list()
    if twice:
        raise UserError(f"Areas come more than once: {', '.join(twice)}.", action="Give each area one row.")
    if pot < 1:
        raise UserError(f"There is nothing to share: the pot is {pot}.", action="Give a whole number above 0.")
    for factor in framework.factors:
        bad = rows.filter(
            pl.col(factor.name).is_not_null()
            & ~(pl.col(factor.name).cast(pl.Float64).is_finite() & (pl.col(factor.name) >= 0))
        )
        if not bad.is_empty():
            raise UserError(
                f"{factor.name} is not a number from 0 up for {', '.join(bad['la_code'])}.",
                action="Mend it, or leave it empty.",
            )
    if rows[NEED].null_count() == rows.height:
        raise UserError("No area has a need that is known.", action="Give the need of at least one area.")


def _parts(known: pl.DataFrame, framework: Framework) -> dict[str, list[Fraction]]:
    """What each factor brings each area, as a share of the pot: weight times the area's share of the factor."""
    need = _of_sum([Fraction(value) for value in known[NEED].cast(pl.Float64)])
    if need is None:
        need = [Fraction(1, known.height)] * known.height
    total = sum((Fraction(factor.weight) for factor in framework.factors), Fraction(0))
    parts = {}
    for factor in framework.factors:
        weight = Fraction(factor.weight) / total
        parts[factor.name] = [weight * part for part in _factor(known[factor.name].cast(pl.Float64).to_list(), need)]
    return parts


def _factor(values: list[float | None], need: list[Fraction]) -> list[Fraction]:
    """Each area's share of a factor; by its share of the need where it is not known, or where nobody has any of it."""
    given = _of_sum([Fraction(0) if value is None else Fraction(value) for value in values])
    if given is None:
        return need
    rest = 1 - sum((part for part, value in zip(need, values, strict=True) if value is None), Fraction(0))
    return [part if value is None else rest * own for part, own, value in zip(need, given, values, strict=True)]


def _of_sum(values: list[Fraction]) -> list[Fraction] | None:
    total = sum(values, Fraction(0))
    return [value / total for value in values] if total else None


def _amounts(pot: int, shares: list[Fraction], framework: Framework) -> list[Fraction]:
    many = len(shares)
    try:
        return filled(pot, shares, [framework.floor] * many, [framework.cap] * many)
    except ValueError as error:
        if str(error) == "least":
            what = f"The least of {framework.floor:,} for each of {many} areas comes to {framework.floor * many:,}, more than the pot of {pot:,}."
        else:
            what = (
                f"The pot of {pot:,} is more than areas with any share can have at the most of {framework.cap:,} each."
            )
        raise UserError(what, where=framework.name, action="Change the pot, the floor or the cap.") from None


def _limit(amount: Fraction, framework: Framework) -> str:
    if framework.cap is not None and amount == framework.cap:
        return "cap"
    return "floor" if framework.floor and amount == framework.floor else ""


def _with_reasons(rows: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    words = [_reason(row, framework) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("reason", words, pl.String)).select(*_columns(framework), "reason")


def _reason(row: dict[str, Any], framework: Framework) -> str:
    """Why an area has what it has, in a few sentences."""
    if row["amount"] is None:
        return "Its need is not known: it is left out, and nothing is said of what it should have."
    brought = sorted(framework.factors, key=lambda factor: -(row[f"share_{factor.name}"] or 0.0))
    whole_share = row["share"] or 0.0
    unit = framework.unit
    said = [
        f"{factor.label} {_percent(row[f'share_{factor.name}'])}" for factor in brought if row[f"share_{factor.name}"]
    ]
    reason = f"{_percent(whole_share)} of the pot: {', '.join(said) if said else 'no factor'}."
    unknown = [factor.label for factor in framework.factors if row[factor.name] is None]
    if unknown:
        reason += f" Not known, so taken as its share of the need: {', '.join(unknown)}."
    if row["limit"] == "floor":
        reason += f" Raised to or held at the least of {framework.floor:,} {unit}."
    if row["limit"] == "cap":
        reason += f" Held at the most of {framework.cap:,} {unit}."
    return reason


def _percent(value: float | None) -> str:
    return f"{value:.2%}" if value is not None and isfinite(value) else "0%"
