"""Addresses of pages are those that Django gives, and what the pages need is read before the first of them is asked for."""

from __future__ import annotations

from typing import Any
from weakref import ref

import pytest
from django.template import engines
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter

from rightplace.web.design.addresses import address
from rightplace.web.design.environment import environment

VALUES = {IntConverter: 7, SlugConverter: "R000123"}


def _pages(resolver: URLResolver, outer: tuple[Any, ...] = ()) -> list[tuple[str, list[Any]]]:
    """Every page of ours whose address holds only numbers and short words, with values for them."""
    found = []
    for pattern in resolver.url_patterns:
        kinds = (*outer, *pattern.pattern.converters.values())
        if isinstance(pattern, URLResolver):
            found += [] if pattern.namespace else _pages(pattern, kinds)
        elif isinstance(pattern, URLPattern) and pattern.name and {type(kind) for kind in kinds} <= VALUES.keys():
            found.append((pattern.name, [VALUES[type(kind)] for kind in kinds]))
    return [(name, values) for name, values in found if _is(name, values)]


def _is(name: str, values: list[Any]) -> bool:
    try:
        return bool(reverse(name, args=values))
    except NoReverseMatch:
        return False


PAGES = _pages(get_resolver())


def test_addresses_are_those_of_django() -> None:
    assert len(PAGES) > 100
    assert {"case", "strike_out", "record_event", "cases"} <= {name for name, _ in PAGES}
    for name, values in PAGES:
        assert address(name, *values) == reverse(name, args=values)


def test_two_addresses_of_one_page_do_not_mix() -> None:
    assert address("strike_out", "R000001", 2) == "/cases/R000001/strike-out/2/"
    assert address("strike_out", "R000002", 12) == "/cases/R000002/strike-out/12/"


def test_a_value_cannot_lead_to_another_page() -> None:
    assert address("case", "../a?b{0}") == "/cases/..%2Fa%3Fb%7B0%7D/"


@pytest.mark.parametrize(("name", "values"), [("no_such_page", ()), ("case", ()), ("case", ("",))])
def test_a_page_that_there_is_not_has_no_address(name: str, values: tuple[Any, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address(name, *values)


def test_every_template_is_read_when_the_service_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    from rightplace.web import wsgi

    given = engines["jinja2"]
    fresh = environment(loader=given.env.loader.loaders[0], autoescape=True, auto_reload=False)
    monkeypatch.setattr(given, "env", fresh)
    assert not fresh.cache
    wsgi.read_pages()
    own = {name for name in fresh.list_templates(extensions=["html"]) if "/" in name}
    assert {"cases/case.html", "today/work.html", "design/parts.html"} <= own
    assert all((ref(fresh.loader), name) in fresh.cache for name in own)
