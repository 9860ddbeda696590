"""From an address to a register, an entry, or the case that gets a new one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from rightplace.web.cases import find as cases
from rightplace.web.cases.models import Case
from rightplace.web.registers.models.entry import Entry
from rightplace.web.registers.register import REGISTER, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A register and a case; the entry, where the address is of one."""

    register: Register
    case: Case
    entry: Entry | None = None


def register(name: str) -> Register:
    """A register by its name. Raises ``Http404``."""
    if name not in REGISTER:
        raise Http404("There is no such register.")
    return REGISTER[name]


def new(name: str, reference: str) -> Asked:
    """A register and the case that gets a new entry. Raises ``Http404``."""
    return Asked(register=register(name), case=cases.case(reference))


def entry(name: str, number: int) -> Asked:
    """An entry by its register and number. Raises ``Http404``."""
    chosen = register(name)
    found = get_object_or_404(
        chosen.model.objects.select_related("case__person", "case__officer", "case__setting"), pk=number
    )
    return Asked(register=chosen, case=found.case, entry=found)
