"""A short mark of a value: the same for equal values, another where anything in it is another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

import numpy as np
import polars as pl


def mark(value: object) -> str:
    """SHA-256 of all that a value of dataclasses, mappings, sequences, arrays, frames, dates, numbers and words is made of."""
    digest = hashlib.sha256()
    for part in _parts(value):
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def _parts(value: object) -> Iterator[bytes]:
    yield type(value).__name__.encode()
    if isinstance(value, np.ndarray):
        yield from (value.dtype.str.encode(), repr(value.shape).encode(), np.ascontiguousarray(value).tobytes())
    elif isinstance(value, pl.DataFrame):
        yield from (repr(value.schema).encode(), value.write_csv().encode())
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for name, held in value.items():
            yield from (*_parts(name), *_parts(held))
    elif isinstance(value, tuple | list):
        yield repr(len(value)).encode()
        for held in value:
            yield from _parts(held)
    elif isinstance(value, date):
        yield value.isoformat().encode()
    elif value is None or isinstance(value, bool | int | float | str):
        yield repr(value).encode()
    else:
        raise TypeError(f"No mark can be made of a {type(value).__name__}.")
