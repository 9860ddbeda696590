"""Reading of parameter files: the package's own and an area's, with every mistake reported at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from rightplace.errors import DataError, UserError
from rightplace.parameters.parameter import Parameter
from rightplace.parameters.schema import ParameterModel
from rightplace.vocabulary import data_file


def load(name: str, *, local: Path | None = None) -> Parameter:
    """A parameter by its name; see :func:`rightplace.parameters.load`."""
    known = all_parameters(local=local)
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3)
    raise UserError(
        f"There is no parameter called {name!r}.",
        action=f"Did you mean {' or '.join(near)}?" if near else "See the list of parameters in the reference.",
    )


def all_parameters(*, local: Path | None = None) -> dict[str, Parameter]:
    """Every parameter by name, with an area's own values laid over the package's when ``local`` is given."""
    own = _own()
    return dict(own) if local is None else overlay(own, read_folder(local))


def overlay(own: Mapping[str, Parameter], local: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """The package's parameters with an area's values added to those of the same name.

    A name only the area has is kept as it is. Raises ``DataError`` where the same name has
    another unit, for every such name at once.
    """
    wrong = [
        f"{name}: its unit is {parameter.unit!r} here and {own[name].unit!r} in Rightplace"
        for name, parameter in local.items()
        if name in own and own[name].unit != parameter.unit
    ]
    if wrong:
        raise _error(wrong)
    merged = dict(own)
    for name, parameter in local.items():
        held = own[name].values if name in own else ()
        values = sorted((*held, *parameter.values), key=lambda value: value.from_date)
        merged[name] = replace(own.get(name, parameter), values=tuple(values))
    return merged


def read_folder(folder: Path | Traversable) -> dict[str, Parameter]:
    """Every parameter in the YAML files of a folder, by name.

    Raises ``DataError`` that lists every mistake in every file: the file, the parameter, the field
    and what is wrong with it.
    """
    found: dict[str, Parameter] = {}
    wrong: list[str] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith((".yaml", ".yml")):
            for where, outcome in _read(file):
                if isinstance(outcome, Parameter) and outcome.name not in found:
                    found[outcome.name] = outcome
                elif isinstance(outcome, Parameter):
                    wrong.append(f"{where}: the name is used twice (also in {found[outcome.name].subject})")
                else:
                    wrong.append(f"{where}: {outcome}")
    if wrong:
        raise _error(wrong)
    return found


@cache
def _own() -> Mapping[str, Parameter]:
    return MappingProxyType(read_folder(data_file.folder("rightplace.parameters")))


def _read(file: Path | Traversable) -> Iterator[tuple[str, Parameter | str]]:
    try:
        contents: Any = data_file.parse(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield file.name, f"the file is not YAML in UTF-8 ({_one_line(error)})"
        return
    entries = contents.get("parameters") if isinstance(contents, dict) else None
    if not isinstance(entries, list) or set(contents) != {"subject", "parameters"}:
        yield file.name, "a file has a subject and a list of parameters, and nothing else"
        return
    for place, entry in enumerate(entries, start=1):
        name = entry.get("name") if isinstance(entry, dict) else None
        where = f"{file.name}, {name or f'parameter {place}'}"
        try:
            yield where, ParameterModel.model_validate(entry).parameter(str(contents["subject"]))
        except ValidationError as error:
            yield from ((where, _mistake(detail)) for detail in error.errors())


def _mistake(detail: Any) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    return f"{place}: {detail['msg']}" if place else str(detail["msg"])


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _error(wrong: list[str]) -> DataError:
    many = f"{len(wrong)} mistakes" if len(wrong) > 1 else "a mistake"
    return DataError(f"The parameter files have {many}.", action="Mend: " + "; ".join(wrong) + ".")
