"""The entries of a register that a list shows, and their totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from rightplace.web.registers.models.entry import Entry
from rightplace.web.registers.register import Register

SOON: Final = timedelta(days=30)
SHOWS: Final = MappingProxyType(
    {
        "now": "Running now",
        "review": "Review late, or in the next 30 days",
        "to_come": "To come",
        "ended": "Ended",
        "all": "All",
    }
)
"""What a list can show, by its name in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum of pounds a year over the entries in which it is known, in how many it is not, and of how many in all."""

    words: str
    sum: Decimal
    unknown: int
    count: int

    def __str__(self) -> str:
        name = self.words[:1].upper() + self.words[1:]
        if self.unknown == self.count:
            return f"{name}: not known for any of them."
        return f"{name}: £{self.sum:,.0f} a year" + (f", and not known for {self.unknown:,}." if self.unknown else ".")


def entries(register: Register, show: str, on: date, *, officer: Any = None) -> QuerySet[Entry]:
    """The entries of a register that a list shows, none that was a mistake; of one officer's cases where one is given."""
    rows = register.model.objects.filter(mistaken=False)
    begun = Q(starts__isnull=True) | Q(starts__lte=on)
    goes_on = Q(ends__isnull=True) | Q(ends__gte=on)
    chosen = {
        "now": begun & goes_on,
        "review": goes_on & Q(review_on__lte=on + SOON),
        "to_come": Q(starts__gt=on),
        "ended": Q(ends__lt=on),
    }
    rows = rows.filter(chosen.get(show, Q()))
    return rows.filter(case__officer=officer) if officer is not None else rows


def whole(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Rows with all that a list shows of them, in the order of names."""
    related = ["case__person", *(["setting"] if hasattr(rows.model, "setting") else [])]
    return rows.select_related(*related).order_by("case__person__surname", "case__person__forename", "pk")


def totals(register: Register, rows: QuerySet[Entry]) -> list[Total]:
    """The totals of a list, in one query."""
    if not register.totals:
        return []
    asked: dict[str, Any] = {"count": Count("pk")}
    for name, _ in register.totals:
        asked |= {f"{name}_sum": Sum(name), f"{name}_known": Count(name)}
    found = rows.aggregate(**asked)
    return [
        Total(
            words=words,
            sum=found[f"{name}_sum"] or Decimal(0),
            unknown=found["count"] - found[f"{name}_known"],
            count=found["count"],
        )
        for name, words in register.totals
    ]
