"""Which rules are run on a return, and why the others are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rightplace.returns.checks.findings import NotRun
from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import Rule
from rightplace.returns.checks.rules import RULES
from rightplace.returns.checks.terms import as_returned
from rightplace.returns.sen2.layout import BY_NAME, TABLES
from rightplace.returns.sen2.record import Sen2Return

OTHER_EDITION: Final = "It is not a rule of this edition."
_TABLE_MISSING: Final = "F20"
_COLUMN_MISSING: Final = "F21"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The rules to run, and those that are not with the reason."""

    rules: tuple[Rule, ...]
    not_run: tuple[NotRun, ...]


def select(ret: Sen2Return, frames: Frames) -> Selection:
    """The rules of the edition for which everything they need is there.

    A rule that counts the records of a table the reader could not find, or looks at a column it could
    not find, is left out: the reader's one finding says it, and hundreds that follow from it would not help.
    """
    reason = _reasons(ret, frames)
    reasons = {rule.id: reason(rule) for rule in RULES}
    return Selection(
        rules=tuple(rule for rule in RULES if not reasons[rule.id]),
        not_run=tuple(NotRun(rule, why) for rule, why in reasons.items() if why),
    )


def _reasons(ret: Sen2Return, frames: Frames) -> Callable[[Rule], str]:
    inputs = {"": "", "settings": _settings(frames), "previous": _previous(frames), "population": _population(frames)}
    reported = {problem.rule for problem in ret.problems}
    columns = {(problem.table, problem.value.lower()) for problem in ret.problems if problem.rule == _COLUMN_MISSING}
    tables = _lost({problem.table for problem in ret.problems if problem.rule == _TABLE_MISSING}, columns)

    def reason(rule: Rule) -> str:
        if not rule.applies(ret.edition):
            return OTHER_EDITION
        if inputs[rule.needs]:
            return inputs[rule.needs]
        if rule.id in reported:
            return "The reader has found and reported it."
        lost_tables = sorted(tables.intersection((rule.table, *rule.counts)))
        if lost_tables:
            return f"The table {lost_tables[0]} could not be read."
        lost_columns = sorted(f"{table}.{column}" for table, column in columns if _looks_at(rule, table, column))
        return f"The column {lost_columns[0]} could not be read." if lost_columns else ""

    return reason


def _lost(missing: set[str], columns: set[tuple[str, str]]) -> set[str]:
    """Tables that are missing, cannot be joined to what is above them, or stand under one of which either is true."""
    lost = set(missing)
    for table in TABLES:
        above = f"{table.parent}tableid"
        unjoined = (table.name, above) in columns or (str(table.parent), above) in columns
        if table.parent in lost or unjoined:
            lost.add(table.name)
    return lost


def _looks_at(rule: Rule, table: str, column: str) -> bool:
    return (
        rule.when is not None
        and rule.table == table
        and bool(_columns(table, column) & set(rule.when.meta.root_names()))
    )


def _columns(table: str, blade: str) -> set[str]:
    return set(_names(table, blade))


def _names(table: str, blade: str) -> Iterator[str]:
    for item in BY_NAME[table].items if table in BY_NAME else ():
        if item.blade == blade:
            yield item.name
            yield as_returned(item.name)


def _settings(frames: Frames) -> str:
    return "" if frames.settings is not None else "Needs the list of settings (GIAS), which was not given."


def _population(frames: Frames) -> str:
    return "" if frames.population is not None else "Needs the area's population, which was not given."


def _previous(frames: Frames) -> str:
    before = frames.previous
    if before is None:
        return "Needs last year's return, which was not given."
    if before.edition != frames.edition - 1:
        return f"Needs the return of January {frames.edition - 1}; the one given is of January {before.edition}."
    if before.own_la != frames.own_la:
        return f"Needs the same authority's return; the one given is of {before.own_la or 'no authority'}."
    return ""
