"""Turning Python functions into machine code, with the result kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function as machine code that releases Python's lock, compiled when it is first called.

    The code is kept beside the source, or in the user's cache folder where the package is
    read-only (``NUMBA_CACHE_DIR`` names another). Where neither can be written it is compiled
    again in every process.
    """
    try:
        return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:
        return cast(Function, njit(nogil=True, error_model="numpy")(function))


def part(function: Function) -> Function:
    """As :func:`compiled`, for a function that only compiled code calls: without an entry from Python it compiles sooner."""
    options: dict[str, Any] = {
        "nogil": True,
        "error_model": "numpy",
        "no_cpython_wrapper": True,
        "no_cfunc_wrapper": True,
    }
    try:
        return cast(Function, njit(cache=True, **options)(function))
    except RuntimeError:
        return cast(Function, njit(**options)(function))
