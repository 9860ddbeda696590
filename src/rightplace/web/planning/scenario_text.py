"""A scenario from the text that a planner pastes into a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from rightplace.errors import DataError

if TYPE_CHECKING:
    from rightplace.forecast.scenario.description import Scenario

LONGEST: Final = 50_000
_MEND: Final = "Mend that place; “Try a scenario” in the documentation has an example."


def scenario(text: str) -> Scenario:
    """The scenario of a text in YAML (or JSON, which is YAML too).

    Raises ``DataError`` for every mistake in it at once. Aliases are refused: a short text could stand for an endless one.
    """
    from rightplace.forecast.scenario.parse import from_values

    try:
        if any(isinstance(event, yaml.events.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise DataError("A scenario has no references (words after *).", action="Write the value out each time.")
        values = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DataError(f"The text is not YAML ({' '.join(str(error).split())}).", action=_MEND) from None
    return from_values(values)
