"""The faults of a file as a file: the rules readers apply, and the list they keep while reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final, Literal

from rightplace.errors import RefusedError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.record import Problem


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule about a file as a file. ``basis`` says whether a published source states it."""

    id: str
    severity: Literal["error", "query", "advice"]
    title: str
    basis: Literal["documented", "inferred"] = "inferred"


FILE_RULES: Final[dict[str, FileRule]] = {
    rule.id: rule
    for rule in (
        FileRule("H01", "error", "Message holds one Header and one Persons", "documented"),
        FileRule("H12", "error", "Every character is allowed and is written in the encoding the file declares"),
        FileRule("F01", "error", "The file is whole"),
        FileRule("F02", "error", "The file keeps to the rules of XML"),
        FileRule("F03", "query", "Every element is one the return has"),
        FileRule("F04", "error", "An item is given once in its record"),
        FileRule("F05", "error", "A record or item stands under the record it belongs to"),
        FileRule("F06", "query", "The header gives the year the return is for"),
        FileRule("F07", "advice", "Elements have no namespace"),
        FileRule("F08", "error", "An item holds text and no other element"),
        FileRule("F20", "error", "All nine tables of a Blade export are there"),
        FileRule("F21", "error", "A table has all its columns under their names"),
        FileRule("F22", "advice", "A table has no column the return does not know"),
        FileRule("F23", "error", "Every record finds the record above it"),
        FileRule("F24", "error", "Record numbers are given once"),
        FileRule("F25", "error", "No long number was shortened by a spreadsheet"),
        FileRule("F26", "query", "Codes keep their leading zeros"),
        FileRule("F27", "error", "Dates are as Blade writes them, not as a spreadsheet shows them"),
        FileRule("F28", "advice", "The CSV is as it was exported"),
        FileRule("F29", "error", "Every row can be read, and has as many values as there are columns"),
        FileRule("F30", "error", "An export holds one header row and one file for each table"),
    )
}  # fmt: skip
"""Rule id to rule: those a reader finds for itself. All but two are this project's own."""


class Faults:
    """Faults found so far. Keeps the first few places of each kind and counts the rest.

    Raises ``RefusedError`` past :data:`limits.FAULTS` places or :data:`limits.FAULT_KINDS` kinds.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._kept: list[tuple[str, Problem]] = []
        self._places: Counter[str] = Counter()
        self._met = 0

    def add(
        self, rule: str, message: str, *, action: str, line: int = 0, table: str = "", value: str = "", kind: str = ""
    ) -> None:
        """Note a fault. ``kind`` groups places that are the same fault, such as one unknown element."""
        key = f"{rule} {kind or message}"
        self._places[key] += 1
        self._met += 1
        if self._met > limits.FAULTS or len(self._places) > limits.FAULT_KINDS:
            raise RefusedError(
                f"The file has more than {limits.FAULTS:,} faults of form, or more than {limits.FAULT_KINDS:,} kinds.",
                where=self._source,
                action="Check that it is a SEN2 return, and export it again.",
            )
        if self._places[key] <= limits.SHOWN:
            severity = FILE_RULES[rule].severity
            self._kept.append((key, Problem(rule, message, line, action, table, value[: limits.VALUE], severity)))

    def problems(self) -> tuple[Problem, ...]:
        """The faults in the order they were met; the last place of a long list says how many more there are."""
        last = {key: index for index, (key, _) in enumerate(self._kept)}
        return tuple(
            self._with_rest(key, problem, last[key] == index) for index, (key, problem) in enumerate(self._kept)
        )

    def _with_rest(self, key: str, problem: Problem, is_last: bool) -> Problem:  # noqa: FBT001
        more = self._places[key] - limits.SHOWN
        if not is_last or more <= 0:
            return problem
        places = "place" if more == 1 else "places"
        return replace(problem, message=f"{problem.message} The same in {more:,} more {places}.")
