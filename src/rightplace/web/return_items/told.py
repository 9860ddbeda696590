"""What the registers already tell of what the yearly return asks of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from rightplace.vocabulary.codes import DirectPayment
from rightplace.vocabulary.setting import SettingKind
from rightplace.web.cases.models import Case
from rightplace.web.registers.models import Budget, Contract

_AGREED = (Budget.Decision.AGREED, Budget.Decision.PART)
_ARRANGED = (Budget.How.ARRANGED, Budget.How.MIXED)
_PAID = (Budget.How.DIRECT, Budget.How.MIXED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer that a register gives: the name of the item and its code."""

    name: str
    value: str


def told(case: Case, on: date) -> tuple[Told, ...]:
    """Answers from the entries that run on a day. Where nothing runs nothing is told: a register may be incomplete."""
    budgets = [one for one in case.budgets.filter(mistaken=False, decision__in=_AGREED) if one.running(on)]
    contracts = [one for one in case.contracts.filter(mistaken=False) if one.running(on)]
    answers = _of_budgets(budgets) | _of_contracts(contracts)
    return tuple(Told(name=name, value=value) for name, value in answers.items())


def _of_budgets(budgets: list[Budget]) -> dict[str, str]:
    """Items 4.4a to 4.4c of the SEN2 return. What a third party is paid is told by neither b nor c, so neither is answered."""
    if not budgets:
        return {}
    found = {"pb": "1"}
    ways = {one.how for one in budgets}
    if ways <= {*_ARRANGED, *_PAID}:
        found["oa"] = "1" if ways & set(_ARRANGED) else "0"
    paid = {one.pays_for for one in budgets if one.how in _PAID and one.pays_for}
    if paid:
        found["dp"] = paid.pop() if len(paid) == 1 else DirectPayment.INTEGRATED.value
    return found


def _of_contracts(contracts: list[Contract]) -> dict[str, str]:
    """The kind of base and of boarding, where all that runs agrees."""
    found: dict[str, str] = {}
    kinds = {one.kind for one in contracts}
    if len(kinds) == 1 and kinds <= {SettingKind.SEN_UNIT, SettingKind.RESOURCED_PROVISION}:
        unit = SettingKind.SEN_UNIT in kinds
        found |= {"sen_unit": "1" if unit else "0", "resourced": "0" if unit else "1"}
    boards = {one.residential for one in contracts}
    if len(boards) == 1 and boards != {""}:
        found["plan_res"] = boards.pop()
    return found


def apart(found: tuple[Told, ...], form: Any, answered: dict[str, Any]) -> dict[str, list[str]]:
    """In words, what the registers fill in and where they say otherwise than the answers that are kept."""
    words: dict[str, list[str]] = {"filled": [], "otherwise": []}
    for one in found:
        field = form.fields[one.name]
        line = f"{field.label}: {dict(field.choices)[one.value]}"
        if not answered.get(one.name):
            words["filled"].append(line)
        elif answered[one.name] != one.value:
            words["otherwise"].append(line)
    return words
