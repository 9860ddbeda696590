"""Turning Python functions into machine code, with the result kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}


def compiled(function: Function) -> Function:
    """The function as machine code that releases Python's lock, compiled when it is first called.

    The code is kept beside the source, or in the user's cache folder where the package is
    read-only (``NUMBA_CACHE_DIR`` names another). Where neither can be written it is compiled
    again in every process.
    """
    return _made(function, _OPTIONS)


def typed(signature: str) -> Callable[[Function], Function]:
    """As :func:`compiled`, for arguments of these types and those that turn into them: compiled once, when its module is loaded.

    Without it there is code for each kind of whole number that a function is ever called with.
    """
    return lambda function: _made(function, {**_OPTIONS, "signature_or_function": signature})


def part(function: Function) -> Function:
    """As :func:`compiled`, for a function that only compiled code calls, and that makes no array.

    Without an entry from Python it compiles sooner. Without counting references to the arrays it is given, which its caller
    holds, it runs sooner: a count is a locked write to memory, often slower than what a small function is for.
    """
    return _made(function, {**_OPTIONS, "no_cpython_wrapper": True, "_nrt": False})


def within(function: Function) -> Function:
    """As :func:`part`, for a function that is called in one place: it is compiled as though it were written there.

    Without a piece of machine code of its own it compiles sooner.
    """
    options = {**_OPTIONS, "inline": "always", "no_cpython_wrapper": True, "_nrt": False}
    return cast(Function, njit(**options)(function))


def _made(function: Function, options: dict[str, Any]) -> Function:
    try:
        return cast(Function, njit(cache=True, **options)(function))
    except RuntimeError:
        return cast(Function, njit(**options)(function))
