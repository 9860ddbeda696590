"""The rules a pot is shared by: what counts, how much, the least and the most an area can have, and whose rules they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from rightplace import parameters
from rightplace.errors import DataError

Unit = Literal["places", "pounds"]
NEED: Final = "need"
FACTORS: Final[dict[str, str]] = {
    NEED: "forecast growth in EHC plans",
    "deprivation": "children in the most deprived neighbourhoods",
    "distance": "children's distance from the nearest state special school",
    "shortage": "children in state special schools beyond the places there are",
}
"""What a framework can count. Each is a number of children, or of children times kilometres: twice the area, twice the number."""

_OWN: Final = "Rightplace's own framework"


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A factor (a column of the areas' frame), in words, and its share of the pot (0 to 1)."""

    name: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """Rules of sharing. The weights add up to 1 and ``need`` is one of the factors.

    ``floor`` is the least and ``cap`` (None: no limit) the most an area can have, in whole units. ``verified`` is False where the
    rules were not read in a published source; ``source`` says where they come from.
    """

    name: str
    factors: tuple[Factor, ...]
    unit: Unit
    floor: int = 0
    cap: int | None = None
    source: str
    verified: bool = False


def own(unit: Unit, on: date) -> Framework:
    """Rightplace's own framework, from the parameters in force on a day. It is nobody's policy."""
    weights = [(name, float(parameters.load(f"sharing_{name}_share").at(on).value or 0)) for name in FACTORS]
    floor = parameters.load(f"sharing_floor_{'gbp' if unit == 'pounds' else 'places'}").at(on)
    return Framework(
        name=_OWN,
        factors=tuple(Factor(name=name, label=FACTORS[name], weight=weight) for name, weight in weights),
        unit=unit,
        floor=int(floor.value or 0),
        source=floor.source_title,
    )


def from_values(values: Any, where: str, unit: Unit) -> Framework:
    """A framework from the values of a file: name, source, weights (by factor), and floor, cap, unit and verified where wanted.

    Raises ``DataError`` that lists every mistake.
    """
    if not isinstance(values, Mapping):
        raise DataError(
            "The file has no name and weights.", where=where, action="See how to share places between areas."
        )
    wrong = [f"{key!r} is not part of a framework" for key in values if str(key) not in _KEYS]
    weights = values.get("weights")
    if not isinstance(weights, Mapping) or not weights:
        raise DataError(
            "The file gives no weights.", where=where, action="Write weights: and one line for each factor."
        )
    factors = _factors(weights, wrong)
    numbers = {key: _whole(key, values[key], wrong) for key in ("floor", "cap") if values.get(key) is not None}
    said = values.get("unit", unit)
    if said not in get_args(Unit):
        wrong.append(f"unit is {said!r}; it is places or pounds")
    elif said != unit:
        wrong.append(f"the file is for {said} and {unit} were asked for")
    if numbers.get("cap", 0) < numbers.get("floor", 0) and "cap" in numbers:
        wrong.append("the cap is below the floor")
    if wrong:
        raise DataError("The framework cannot be used: " + "; ".join(wrong) + ".", where=where, action="Mend the file.")
    return Framework(
        name=str(values.get("name") or where),
        factors=factors,
        unit=unit,
        floor=numbers.get("floor", 0),
        cap=numbers.get("cap"),
        source=str(values.get("source") or where),
        verified=str(values.get("verified", "")).lower() == "true",
    )


_KEYS: Final = ("name", "source", "weights", "floor", "cap", "unit", "verified")


def _factors(weights: Mapping[Any, Any], wrong: list[str]) -> tuple[Factor, ...]:
    made = []
    for name, value in weights.items():
        if name not in FACTORS:
            wrong.append(f"{name!r} is not a factor: the factors are {', '.join(FACTORS)}")
            continue
        try:
            weight = float(value)
        except (TypeError, ValueError):
            weight = -1.0
        if not 0 <= weight <= 1:
            wrong.append(f"the weight of {name} is {value!r}, not a number from 0 to 1")
        made.append(Factor(name=str(name), label=FACTORS[str(name)], weight=weight))
    if NEED not in weights:
        wrong.append("need has no weight: give it one, 0 if it does not count")
    if not wrong and abs(sum(factor.weight for factor in made) - 1) > 1e-9:
        wrong.append(f"the weights add up to {sum(factor.weight for factor in made):g}, not to 1")
    return tuple(made)


def _whole(key: str, value: Any, wrong: list[str]) -> int:
    text = str(value).strip()
    if not text.isdigit():
        wrong.append(f"{key} is {value!r}, not a whole number")
        return 0
    return int(text)
