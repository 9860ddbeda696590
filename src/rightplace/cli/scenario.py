"""Scenario files and the government's proposals, as commands take them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rightplace.forecast.scenario.description import Scenario
    from rightplace.parameters.parameter import Parameter


def chosen(file: Path | None, reforms: Sequence[str], own_parameters: Path | None = None) -> Scenario | None:
    """The scenario of a file, of proposals by their names, or of both together; None where neither is given.

    ``own_parameters`` is a folder of an area's own parameter files: the dates and sizes of proposals in it count instead of Rightplace's.
    Raises ``UserError`` for a file that cannot be opened or a proposal nobody knows, ``DataError`` for the mistakes in a file.
    """
    from rightplace.forecast.scenario.reform import reform, together

    own = read(file) if file else None
    proposed = reform(reforms, _parameters(own_parameters)) if reforms else None
    if own and proposed:
        return together(own, proposed)
    return own or proposed


def not_law(scenario: Scenario) -> list[str]:
    """A sentence on the changes of a scenario that the government has proposed; none where it has none."""
    from rightplace.forecast.scenario.description import PROPOSED

    names = [change.name for change in scenario.changes if change.owner == PROPOSED]
    return [f"Proposed, not law, and of a size that Rightplace assumes: {', '.join(names)}."] if names else []


def _parameters(own: Path | None) -> dict[str, Parameter]:
    """The package's parameters; those of an area's own files as these have them, whichever dates are later."""
    from rightplace import parameters
    from rightplace.parameters.store import read_folder

    laid_over = parameters.all_parameters(local=own)
    return laid_over if own is None else {**laid_over, **read_folder(own)}


def read(path: Path) -> Scenario:
    """A scenario from a YAML or JSON file; errors as for :func:`chosen`."""
    from rightplace.forecast.scenario.parse import from_values

    return from_values(_values(path), str(path))


def _values(path: Path) -> Any:
    import yaml

    from rightplace.errors import DataError, UserError

    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(
            f"The file cannot be read ({error.strerror}).", where=str(path), action="Check its name and folder."
        ) from None
    except UnicodeDecodeError:
        raise DataError("The file is not text in UTF-8.", where=str(path), action="Save it as UTF-8.") from None
    # Everything is read as text: a day that does not exist would stop the whole file.
    loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return json.loads(text) if path.suffix.lower() == ".json" else yaml.load(text, Loader=loader)  # noqa: S506 - it makes text, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        kind = "JSON" if path.suffix.lower() == ".json" else "YAML"
        raise DataError(
            f"The file is not {kind} ({' '.join(str(error).split())}).", where=str(path), action="Mend that place."
        ) from None
