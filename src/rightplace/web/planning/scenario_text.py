"""A scenario from the text that a planner pastes into a form, and from the proposals that are switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from rightplace.errors import DataError

if TYPE_CHECKING:
    from rightplace.forecast.scenario.description import Change, Scenario
    from rightplace.web.planning.models import Run

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


def chosen(text: str, proposals: list[str]) -> Scenario | None:
    """The scenario of a text and of some of the government's proposals together; None for neither.

    Raises ``DataError`` for the mistakes in the text, or where the two contradict one another; ``UserError`` for an unknown proposal.
    """
    from rightplace import parameters
    from rightplace.forecast.scenario.reform import reform, together

    own = scenario(text) if text.strip() else None
    proposed = reform(proposals, parameters.all_parameters()) if proposals else None
    return together(own, proposed) if own and proposed else own or proposed


def of_run(run: Run) -> Scenario | None:
    """The scenario that a run is to be worked out under. Raises as :func:`chosen`."""
    return chosen(run.scenario, [name for name in run.proposals.split(",") if name])


def proposals() -> dict[str, Change]:
    """What each of the government's proposals would change, by its name, in the order of their dates."""
    from rightplace import parameters
    from rightplace.forecast.scenario.reform import REFORMS, reform

    known = parameters.all_parameters()
    changes = {name: reform([name], known).changes[0] for name in REFORMS}
    return dict(sorted(changes.items(), key=lambda pair: pair[1].start))
