"""The specialist places that the forecast implies, kind by kind."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.disclosure.published import MISSING, Published, lone
from rightplace.report.labels import january, label
from rightplace.report.model import Bullets, Column, Note, Para, Section, TableBlock
from rightplace.report.numbers import Numbers
from rightplace.report.phrase import Range, direction, whole
from rightplace.report.sections import compare
from rightplace.vocabulary.setting import SettingKind

SPECIALIST: Final = (
    SettingKind.RESOURCED_PROVISION,
    SettingKind.SEN_UNIT,
    SettingKind.SPECIAL_STATE,
    SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIAL_INDEPENDENT,
    SettingKind.SPECIALIST_POST_16,
)
"""Kinds of setting whose places are set aside for children and young people with plans."""

_CAPACITY: Final[dict[str, str]] = {
    SettingKind.RESOURCED_PROVISION: "resourced_capacity",
    SettingKind.SEN_UNIT: "unit_capacity",
    SettingKind.SPECIAL_STATE: "capacity",
}


def section(numbers: Numbers, area: Area) -> Section:
    """Places taken now and needed at the horizon in each specialist kind, beside the places recorded in the area."""
    kinds = [str(kind) for kind in SPECIALIST if str(kind) in numbers.values("setting")]
    sentences = [sentence for kind in kinds if (sentence := _sentence(numbers, kind))]
    opening = Para(
        text=f"If children and young people go on being placed as they are now, this is how many would need each kind of "
        f"specialist place in {january(numbers.horizon)}. It is what the forecast implies, not a plan to build."
    )
    if not kinds:
        return Section(
            key="places", heading="Specialist places", blocks=(Note(text="No specialist setting is recorded."),)
        )
    return Section(
        key="places",
        heading="Specialist places",
        blocks=(
            opening,
            *((Bullets(items=tuple(sentences)),) if sentences else ()),
            _table(numbers, area, kinds),
            Note(
                text="Ranges of several kinds must not be added up: not all kinds are at the top of their range in the "
                "same future, so the range of the sum is narrower."
            ),
        ),
    )


def _sentence(numbers: Numbers, kind: str) -> str | None:
    extra = numbers.ahead("setting", kind).less(numbers.count("setting", kind))
    low, middle, high = (number.value for number in extra.cells)
    if low is None or middle is None or high is None or not middle:
        return None
    if direction(extra) == "grow or fall":
        return (
            f"{label('setting', kind)}: the middle is {abs(middle):,} {'more' if middle > 0 else 'fewer'} than now, but "
            f"8 in 10 futures run from {f'{-low:,} fewer' if low else 'no change'} to "
            f"{f'{high:,} more' if high else 'no change'}."
        )
    more = "more" if middle > 0 else "fewer"
    ends = sorted((abs(low), abs(high)))
    return f"{label('setting', kind)}: about {abs(middle):,} {more} than now ({ends[0]:,} to {ends[1]:,} {more})."


def _table(numbers: Numbers, area: Area, kinds: list[str]) -> TableBlock:
    later = january(numbers.horizon)
    rows = []
    for kind in kinds:
        now, then = numbers.count("setting", kind), numbers.ahead("setting", kind)
        extra: Range = then.less(now)
        rows.append(
            (
                label("setting", kind),
                _capacity(area, kind, publish=numbers.publish),
                now,
                *then.cells,
                *extra.cells,
            )
        )
    return TableBlock(
        key="places-table",
        title=f"Specialist places taken in {january(numbers.seed)} and needed in {later}",
        columns=(
            Column(name="Kind of setting"),
            Column(name="Places recorded in the area", kind="number"),
            Column(name=f"{january(numbers.seed)}: plans", kind="number"),
            *(Column(name=f"{later}: {end}", kind="number") for end in ("low", "middle", "high")),
            *(Column(name=f"Change: {end}", kind="change") for end in ("low", "middle", "high")),
        ),
        rows=tuple(rows),
        units="Places, and children and young people with EHC plans",
        source=f"{compare.MODELLED}; places from the register of settings",
        notes=compare.notes(
            numbers,
            "Places recorded are those of settings that stand in the area. Children and young people may be placed "
            "outside it, and places may be taken by those of other areas.",
        ),
    )


def _capacity(area: Area, kind: str, *, publish: bool) -> Published:
    """Places in the area's own open settings; missing where no setting of the kind has its places recorded.

    A nought is believed only where every setting is known of: a register of some schools has none of the others' places.
    """
    column = _CAPACITY.get(kind)
    if column is None:
        return MISSING
    own = area["settings"].filter((pl.col("la_code") == area.la_code) & pl.col("close_date").is_null())
    if column == "capacity":
        own = own.filter(pl.col("setting_kind") == kind)
    places = own[column].drop_nulls().sum() if own[column].drop_nulls().len() else None
    if places is None or (places == 0 and own[column].has_nulls()):
        return MISSING
    return lone(int(places)) if publish else whole(float(places))
