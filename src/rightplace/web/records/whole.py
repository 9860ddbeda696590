"""Everything that hangs on a case, whatever subject keeps it: found from the tables themselves, so that none is forgotten."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from rightplace.web.cases.models import Case

Rows = dict[type[Model], list[Any]]


def rows_of(case: Case) -> Rows:
    """Rows of every table that refer to a case, or to such a row, the nearest first. The case itself is left out."""
    found: Rows = {}
    _below(Case, [case.pk], found)
    return found


def _below(model: type[Model], keys: list[Any], found: Rows) -> None:
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not keys or other is model or (not relation.one_to_many and not relation.one_to_one):
            continue
        held = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
        known = {row.pk for row in found.get(other, ())}
        new = [row for row in held.order_by("pk") if row.pk not in known]
        if new:
            found.setdefault(other, []).extend(new)
            _below(other, [row.pk for row in new], found)


def facts(row: Any) -> dict[str, Any]:
    """A row as plain values, by the names of its columns; one that refers to another gives who or what it is in words."""
    said = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        if field.is_relation and value is not None:
            value = str(getattr(row, field.name))
        said[field.name] = value if value is None or isinstance(value, str | int | float | dict | list) else str(value)
    return said
