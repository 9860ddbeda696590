"""The schools, colleges and other settings of a load, as organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from rightplace.web.accounts.models import Organisation
from rightplace.web.load.lived import first, setting_code
from rightplace.web.load.nested import Record


def settings_by_code(records: Sequence[Record], settings: pl.DataFrame | None) -> dict[str, Organisation]:
    """Organisations for the settings of the area and any other that the records name, made where they are not there."""
    names: dict[str, tuple[str, str]] = {}
    if settings is not None:
        for row in settings.select("setting_id", "urn", "ukprn", "name", "setting_kind").to_dicts():
            known = (row["name"] or f"Setting {row['setting_id']}", row["setting_kind"] or "")
            names.setdefault(row["setting_id"], known)
    for code in _codes(records):
        names.setdefault(code, (f"Setting {code}", ""))
    made = [
        Organisation(kind=Organisation.Kind.SETTING, code=code, name=name[:200], setting_kind=kind)
        for code, (name, kind) in names.items()
    ]
    Organisation.objects.bulk_create(made, ignore_conflicts=True)
    return {held.code: held for held in Organisation.objects.filter(kind=Organisation.Kind.SETTING)}


def _codes(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        for request in record.get("requests", ()):
            named = first(first(request, "assessment"), "namedplan").get("plandetail", ())
            for one in (*named, *first(request, "activeplans").get("placementdetail", ())):
                if setting_code(one):
                    yield setting_code(one)
