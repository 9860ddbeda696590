"""The registers: what each is called, its entries, its form, and the columns and totals of its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from rightplace.web.design.words import day
from rightplace.web.registers.forms.alternative import AlternativeForm
from rightplace.web.registers.forms.budget import BudgetForm
from rightplace.web.registers.forms.entry import EntryForm
from rightplace.web.registers.forms.package import PackageForm
from rightplace.web.registers.forms.placement import ContractForm
from rightplace.web.registers.models import Alternative, Budget, Contract, Package
from rightplace.web.registers.models.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list: its words, what stands in it for a person and in a file, and whether it is a number."""

    words: str
    value: Callable[[Any], Any]
    number: bool = False

    def shown(self, entry: Entry) -> str:
        """The cell as people read it."""
        found = self.value(entry)
        if found is None or found == "":
            return "not known" if self.number else ""
        if self.number:
            return f"{found:,.2f}".removesuffix(".00")
        return day(found) if hasattr(found, "isoformat") else str(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register. ``name`` stands in addresses; ``one`` is an entry in words; ``totals`` are sums of pounds a year."""

    name: str
    title: str
    one: str
    basis: str
    model: type[Entry]
    form: type[EntryForm]
    columns: tuple[Column, ...]
    totals: tuple[tuple[str, str], ...]
    label: Callable[[Any], str]


def _sum(words: str, name: str) -> Column:
    return Column(words=words, value=attrgetter(name), number=True)


def _days(*, review: bool = True) -> tuple[Column, ...]:
    found = (Column(words="From", value=attrgetter("starts")), Column(words="Until", value=attrgetter("ends")))
    return (*found, Column(words="Next review", value=attrgetter("review_on"))) if review else found


def _says(words: str, name: str) -> Column:
    return Column(words=words, value=lambda entry: getattr(entry, f"get_{name}_display")())


REGISTERS: Final = (
    Register(
        name="placements", title="Placements", one="placement", basis="Children and Families Act 2014, sections 42 and 63",
        model=Contract, form=ContractForm, label=attrgetter("where"),
        columns=(
            Column(words="Where", value=attrgetter("where")), _says("Kind of place", "kind"), *_days(review=False),
            _sum("Price, £ a year", "price"), _sum("Top-up, £ a year", "top_up"), _sum("Transport, £ a year", "transport"),
            _says("Who pays", "payer"), Column(words="Contract", value=attrgetter("contract")),
            Column(words="Source", value=attrgetter("source")),
        ),
        totals=(("price", "price"), ("top_up", "top-up"), ("transport", "transport")),
    ),
    Register(
        name="budgets", title="Personal budgets", one="personal budget",
        basis="Children and Families Act 2014, section 49; SEN (Personal Budgets) Regulations 2014",
        model=Budget, form=BudgetForm, label=lambda entry: f"Personal budget asked for on {day(entry.asked_on)}",
        columns=(
            Column(words="Asked", value=attrgetter("asked_on")), _says("Decision", "decision"),
            Column(words="Decided", value=attrgetter("decided_on")), _says("How it is paid", "how"), *_days(),
            _sum("Amount, £ a year", "amount"),
        ),
        totals=(("amount", "amount"),),
    ),
    Register(
        name="otherwise", title="Education otherwise than at school", one="arrangement otherwise than at school",
        basis="Children and Families Act 2014, section 61", model=Package, form=PackageForm,
        label=lambda entry: f"Otherwise than at school from {day(entry.starts)}",
        columns=(
            Column(words="Who gives it", value=attrgetter("providers")), *_days(), _sum("Hours a week", "hours"),
            _sum("Cost, £ a year", "cost"),
        ),
        totals=(("cost", "cost"),),
    ),
    Register(
        name="alternative", title="Alternative provision", one="stay in alternative provision",
        basis="Education Act 1996, section 19; Education Act 2002, section 29A", model=Alternative, form=AlternativeForm,
        label=attrgetter("provider"),
        columns=(
            Column(words="Provider", value=attrgetter("provider")), _says("Registered", "status"),
            _says("Commissioned by", "commissioner"), _says("Why", "reason"), _sum("Hours a week", "hours"), *_days(),
            _sum("Cost, £ a year", "cost"),
        ),
        totals=(("cost", "cost"),),
    ),
)  # fmt: skip
"""In the order in which they are shown."""

REGISTER: Final = {one.name: one for one in REGISTERS}
