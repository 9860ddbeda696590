"""The addresses of pages, as long pages ask for many."""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from urllib.parse import quote

from django.urls import reverse

_LIKE: Final = {str: "value-{}-of-an-address", int: "9000000{}"}
"""A value of each kind that no address holds by chance."""


def address(name: str, *values: Any, **named: Any) -> str:
    """The address of a page, with these values in it. Raises ``NoReverseMatch`` for a page that there is not.

    Django looks up how the addresses of a page are made once for each kind of values, and not again for each address.
    """
    if named or not all(type(value) in _LIKE and value for value in values):
        return reverse(name, args=values, kwargs=named)
    return _made(name, *map(type, values)).format(*(quote(str(value), safe="") for value in values))


@cache
def _made(name: str, *kinds: type) -> str:
    like = [_LIKE[kind].format(place) for place, kind in enumerate(kinds)]
    made = reverse(name, args=like).replace("{", "{{").replace("}", "}}")
    for place, value in enumerate(like):
        made = made.replace(value, f"{{{place}}}")
    return made
