"""Reading of the dated facts that travel with the package as YAML."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

# The C loader is many times faster; a build of PyYAML without it still works.
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(package: str, name: str) -> Any:
    """The contents of ``data/<name>`` inside a package, as plain Python values."""
    return parse(folder(package).joinpath(name).read_text(encoding="utf-8"))


def folder(package: str) -> Traversable:
    """The ``data`` folder of a package."""
    return files(package).joinpath("data")


def parse(text: str) -> Any:
    """YAML text as plain Python values. Raises ``yaml.YAMLError`` when it is not YAML."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - both loaders are safe ones
