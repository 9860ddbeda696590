"""What a folder holds that was fetched: ``fetch.toml``, one table for each file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

from rightplace.area.files import replace_file, sha256
from rightplace.errors import DataError

NAME: Final = "fetch.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that was fetched. ``when`` is the moment it arrived, in ISO 8601.

    ``identity`` names its edition exactly ("" when nothing does); ``etag`` and ``last_modified`` are the service's.
    """

    file: str
    url: str
    edition: str
    when: str
    sha256: str
    rows: int
    identity: str = ""
    etag: str = ""
    last_modified: str = ""

    def whole(self, folder: Path) -> bool:
        """Whether the file is in the folder as it was fetched."""
        path = folder / self.file
        return path.is_file() and sha256(path) == self.sha256


def read(folder: Path) -> dict[str, Held]:
    """Source name to what is held of it; empty for a folder that nothing was fetched to.

    Raises ``DataError`` where the list cannot be read.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Held(**{key: table[key] for key in _KEYS if key in table}) for name, table in tables.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise DataError(
            f"The list of what was fetched cannot be read ({error}).",
            where=str(path),
            action="Put it right, or remove it with the files beside it and fetch again.",
        ) from error


def write(folder: Path, held: Mapping[str, Held]) -> None:
    """Write the list in the place of the one that is there."""
    lines = ["# Written by 'rightplace fetch'. Each table is a file as it arrived; do not edit."]
    for name, one in held.items():
        lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in asdict(one).items() if value != "")]
    with replace_file(folder / NAME) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


_KEYS: Final = tuple(one.name for one in fields(Held))


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    # A TOML basic string takes the escapes of a JSON string, but not a bare delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
