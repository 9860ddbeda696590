"""Law, prices, tariffs and reform switches: dated values, each with its unit, owner and source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightplace.parameters.parameter import Parameter


def load(name: str, *, local: Path | None = None) -> Parameter:
    """A parameter by its name.

    ``local`` is a folder of YAML files whose values are laid over the package's own. Raises
    ``UserError`` with the nearest names when there is no such parameter, and ``DataError`` when a
    file breaks the rules.
    """
    from rightplace.parameters import store

    return store.load(name, local=local)


def all_parameters(*, local: Path | None = None) -> dict[str, Parameter]:
    """Every parameter by name, in the order of the files and of the parameters in them."""
    from rightplace.parameters import store

    return store.all_parameters(local=local)
