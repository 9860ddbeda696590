"""An area record from an authority's SEN2 returns, its register of settings and its other extracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.area.record import Area, Refusal, Source, build
from rightplace.area.tables import BY_NAME
from rightplace.calendar.census import census_day
from rightplace.errors import DataError
from rightplace.progress import Progress, silent
from rightplace.returns.assemble import plans as one_plan
from rightplace.returns.assemble.census import Snapshot, snapshot
from rightplace.returns.assemble.gather import gather
from rightplace.returns.assemble.kinds import with_kind
from rightplace.returns.assemble.people import identify, people_table
from rightplace.returns.assemble.usable import notes, require_usable
from rightplace.returns.sen2.record import Sen2Return
from rightplace.vocabulary import authority

NO_PLAN: Final = "placement, need or review of a request that has no named plan"
LOOKED_BACK: Final = "{year} is looked back to from the {edition} return: plans that left before then are not in it"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    """The returns' tables, joined to people and plans. ``plan_keys`` has census_year, requests_row, plan_id, person_id."""

    people: pl.DataFrame
    plan_rows: pl.DataFrame
    plan_keys: pl.DataFrame
    placements: pl.DataFrame
    needs: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    unplanned: pl.DataFrame


def area_from_returns(
    returns: Sequence[Sen2Return],
    *,
    settings: pl.DataFrame | None = None,
    postcodes: pl.DataFrame | None = None,
    extra: Mapping[str, pl.DataFrame] | None = None,
    sources: Sequence[Source] = (),
    name: str | None = None,
    progress: Progress = silent,
) -> Area:
    """An area from one or more returns of one authority, with a January row for each return.

    ``settings`` is the area's settings table (from GIAS), ``postcodes`` places homes in neighbourhoods
    (``postcode``, ``neighbourhood_id``), ``extra`` holds other tables of the area ready made and
    ``sources`` the lineage of all three. With a single return, the January before it is looked back to, so that
    joiners and leavers can be told apart.

    Raises ``DataError`` where the returns are of several authorities, two are of one year, there is none, or one
    is so damaged that a January made of what is left would be wrong.
    """
    ordered = sorted(returns, key=lambda one: one.edition)
    la_code = _one_authority(ordered)
    for one in ordered:
        require_usable(one)
    progress(0, 3, "matching people across returns")
    joined = _join(ordered, settings, postcodes)
    progress(1, 3, "reading each January")
    snapshots, lineage = _januaries(ordered, joined)
    progress(2, 3, "checking the area record")
    tables = {
        **joined.tables,
        "people": joined.people,
        "census": pl.concat([one.rows for one in snapshots]),
        **({"settings": settings} if settings is not None else {}),
        **(extra or {}),
    }
    area = build(
        la_code=la_code,
        name=name or authority.name(la_code),
        tables={table: _declared(table, frame) for table, frame in tables.items()},
        lineage=(*lineage, *sources),
    )
    progress(3, 3, "area record made")
    return area


def _one_authority(returns: Sequence[Sen2Return]) -> str:
    codes = {
        one.source: str(one.tables["sen2"]["lea"][0] or "") if one.tables["sen2"].height else "" for one in returns
    }
    if not codes:
        raise DataError("There is no return to load.", action="Name one or more SEN2 files.")
    if len(set(codes.values())) > 1:
        listed = "; ".join(f"{file} is of {code or 'no authority'}" for file, code in codes.items())
        raise DataError(
            f"These returns are not of one authority: {listed}.",
            action="Load the returns of each authority into an area of its own.",
        )
    years = [one.edition for one in returns]
    if len(set(years)) < len(years):
        listed = ", ".join(f"{one.source} ({one.edition})" for one in returns)
        raise DataError(f"Two returns are of the same year: {listed}.", action="Name one return for each year.")
    code = next(iter(codes.values()))
    if code not in authority.AUTHORITIES and code not in authority.MADE_UP:
        raise DataError(
            f"The return's authority code {code!r} is not one that DfE has used.",
            where=next(iter(codes)),
            action="Correct LEA in the return's header.",
        )
    return code


def _join(returns: Sequence[Sen2Return], settings: pl.DataFrame | None, postcodes: pl.DataFrame | None) -> _Tables:
    person = identify(gather(returns, "person"))
    who = person.select("census_year", pl.col("row").alias("person_row"), "person_id")
    requests = gather(returns, "requests").join(who, on=["census_year", "person_row"], how="left")
    of_person = requests.select("census_year", pl.col("row").alias("requests_row"), "person_id")

    def below(table: str) -> pl.DataFrame:
        return gather(returns, table)

    def owned(table: str) -> pl.DataFrame:
        return below(table).join(of_person, on=["census_year", "requests_row"], how="left")

    ids = one_plan.request_ids(requests)
    assessment = owned("assessment")
    active = owned("activeplans")
    rows = one_plan.plan_rows(owned("namedplan"), active, assessment)
    keys = rows.select("census_year", "requests_row", "plan_id", "person_id").unique(
        ["census_year", "requests_row"], keep="first"
    )
    placement = with_kind(below("placementdetail"), settings)
    detail = with_kind(below("plandetail"), settings)
    need = below("senneed")
    orphans = [
        frame.join(keys, on=["census_year", "requests_row"], how="anti").select("census_year")
        for frame in (placement, need, active)
    ]
    return _Tables(
        people=people_table(person, postcodes),
        plan_rows=rows,
        plan_keys=keys,
        placements=placement,
        needs=one_plan.needs_table(need, keys),
        tables={
            "requests": one_plan.requests_table(requests, ids),
            "assessments": one_plan.assessments_table(assessment, ids),
            "plans": one_plan.plans_table(rows, ids),
            "placements": one_plan.placements_table(placement, keys),
            "named_settings": one_plan.named_settings_table(detail, keys),
            "needs": one_plan.needs_table(need, keys),
            "reviews": one_plan.reviews_table(active, keys),
        },
        unplanned=pl.concat(orphans),
    )


def _januaries(returns: Sequence[Sen2Return], joined: _Tables) -> tuple[list[Snapshot], list[Source]]:
    snapshots, lineage = [], []
    for one in returns:
        taken = [_january(one.edition, one.edition, joined)]
        noted = dict(taken[0].noted)
        if len(returns) == 1:
            taken.insert(0, _january(one.edition - 1, one.edition, joined))
            noted[LOOKED_BACK.format(year=one.edition - 1, edition=one.edition)] = taken[0].rows.height
        snapshots += taken
        lineage.append(_source(one, joined, taken[-1].refused, noted))
    return snapshots, lineage


def _january(census_year: int, edition: int, joined: _Tables) -> Snapshot:
    this_return = pl.col("census_year") == edition
    plans = joined.plan_rows.filter(this_return)
    if census_year < edition:
        # A plan transferred in since then was another authority's on that day.
        plans = plans.filter(pl.col("transfer_la").is_null() & pl.col("start_date").is_not_null())
    placements = joined.placements.filter(this_return).join(
        joined.plan_keys, on=["census_year", "requests_row"], how="inner"
    )
    needs = joined.needs.filter(this_return)
    return snapshot(census_day(census_year), census_year, plans, placements, needs, joined.people)


def _source(one: Sen2Return, joined: _Tables, refused: Mapping[str, int], noted: Mapping[str, int]) -> Source:
    rows = sum(frame.height for frame in one.tables.values())
    this_return = pl.col("census_year") == one.edition
    lost = {**refused, NO_PLAN: joined.unplanned.filter(this_return).height}
    unsure = joined.placements.filter(this_return)["kind_note"].drop_nulls().value_counts().sort("kind_note")
    kept_with_gap = {**noted, **dict(unsure.iter_rows()), **notes(one)}
    return Source(
        file=one.source,
        kind="SEN2 return",
        edition=str(one.edition),
        sha256=one.sha256,
        rows_in=rows,
        rows_kept=rows - sum(lost.values()),
        refused=_counts(lost),
        noted=_counts(kept_with_gap),
    )


def _counts(reasons: Mapping[str, int]) -> tuple[Refusal, ...]:
    return tuple(Refusal(reason=reason, rows=rows) for reason, rows in reasons.items() if rows)


def _declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    schema = BY_NAME[table].schema
    return frame.select(pl.col(column).cast(dtype) for column, dtype in schema.items())
