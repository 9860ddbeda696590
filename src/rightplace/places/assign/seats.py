"""How many places each base has for those who need one: capacity, less who stays, less what is kept."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.errors import UserError

SEATS: Final[dict[str, pl.DataType]] = {
    "setting": pl.String(),
    "base": pl.String(),
    "name": pl.String(),
    "capacity": pl.Int32(),
    "staying": pl.Int64(),
    "kept": pl.Int64(),
    "seats": pl.Int64(),
    "over_full": pl.Int64(),
    "basis": pl.String(),
}
"""Columns of a frame of seats, one row a base in the order of the bases.

``staying`` are those on roll who stay, whoever placed them; ``seats`` is what is left to give, never below nought;
``over_full`` is how many more are staying than the capacity; ``basis`` says in words what the seats rest on.
"""

KNOWN: Final = "its places less those who stay"
AS_MANY_AS_NOW: Final = "its number of places is not known: taken to be as many as it has now"
NOT_KNOWN: Final = "its number of places is not known: taken to have room, so ask"

Whole = npt.NDArray[np.int64]


def seats(bases: pl.DataFrame, *, now: Whole, staying: Whole, asking: int) -> pl.DataFrame:
    """Seats of each base, columns as :data:`SEATS`, with none kept.

    ``now`` and ``staying`` int64[bases] count the area's own children at each base now, and those of them who stay.
    Others on its roll stay too. ``asking`` is how many need a place: the most that can be given where nothing is known.
    """
    counted = bases.select(
        setting="setting_id",
        base="base",
        name="name",
        capacity="capacity",
        others=(pl.col("roll").cast(pl.Int64).fill_null(0) - pl.Series(now)).clip(0),
        own=pl.Series(staying).cast(pl.Int64),
        roll="roll",
    ).with_columns(staying=pl.col("others") + pl.col("own"))
    as_now = pl.max_horizontal(pl.col("roll").cast(pl.Int64), pl.Series(now))
    free = pl.coalesce(pl.col("capacity").cast(pl.Int64), as_now) - pl.col("staying")
    known, rolled = pl.col("capacity").is_not_null(), pl.col("roll").is_not_null()
    return counted.select(
        "setting",
        "base",
        "name",
        "capacity",
        "staying",
        kept=pl.lit(0, pl.Int64),
        seats=pl.when(known | rolled).then(free.clip(0)).otherwise(asking),
        over_full=pl.when(known).then((-free).clip(0)).otherwise(0),
        basis=pl.when(known).then(pl.lit(KNOWN)).when(rolled).then(pl.lit(AS_MANY_AS_NOW)).otherwise(pl.lit(NOT_KNOWN)),
    ).cast(SEATS)  # type: ignore[arg-type]


def keep(held: pl.DataFrame, kept: pl.DataFrame | int | None, *, owned: Whole) -> pl.DataFrame:
    """The seats with some kept for late arrivals.

    ``kept`` is a frame of setting, base and kept, or one number for every base with a known capacity. A base keeps no
    more than the seats that nobody owns: ``owned`` int64[bases] are those of children who asked to move. Raises ``UserError`` naming a base that is not known, or a number below nought.
    """
    if kept is None:
        return held
    if isinstance(kept, int):
        asked = held.select("setting", "base", asked=pl.when(pl.col("basis") == KNOWN).then(kept).otherwise(0))
    else:
        asked = kept.select("setting", "base", asked="kept")
        _require_known(asked, held)
    if (asked["asked"].fill_null(0) < 0).any():
        raise UserError("A base cannot keep fewer than no places.", action="Keep nought or more.")
    joined = held.join(asked, on=["setting", "base"], how="left", maintain_order="left")
    spare = (pl.col("seats") - pl.Series(owned)).clip(0)
    now = pl.min_horizontal(pl.col("asked").fill_null(0).cast(pl.Int64), spare)
    return joined.with_columns(kept=pl.col("kept") + now, seats=pl.col("seats") - now).drop("asked")


def _require_known(asked: pl.DataFrame, held: pl.DataFrame) -> None:
    unknown = asked.join(held, on=["setting", "base"], how="anti")
    if unknown.height:
        setting, base, _ = unknown.row(0)
        raise UserError(
            f"Places are to be kept at {setting}/{base}, which is not a base of the area.",
            action="Use a setting and base as in settings.csv.",
        )


def late_places(
    joiners: pl.DataFrame, held: pl.DataFrame, kinds: pl.Series, *, share: float = 0.8, futures: int | None = None
) -> pl.DataFrame:
    """Places to keep so that late arrivals can be placed in a ``share`` of futures: setting, base, kept.

    ``joiners`` has setting_kind, future and people: those expected to come after the plan is made. Of each kind the
    quantile ``share`` of its futures is divided among the kind's bases by their seats, by largest remainder. ``kinds`` is
    the kind of each base of ``held``. A future that has no row had no joiner, and counts as nought: ``futures`` says how many
    there are in all, those of ``joiners`` where it is not given.
    """
    if not 0 < share < 1:
        raise UserError(f"{share} is not a share of futures.", action="Give a number between 0 and 1, like 0.8.")
    every = joiners["future"].n_unique() if futures is None else futures
    by_future = joiners.group_by("setting_kind", "future").agg(pl.col("people").sum())
    rows = held.with_columns(setting_kind=kinds)
    parts = []
    for (kind,), drawn in by_future.group_by("setting_kind", maintain_order=True):
        people = np.concatenate((drawn["people"].to_numpy(), np.zeros(every - drawn.height)))
        wanted = int(np.ceil(np.quantile(people, share, method="inverted_cdf")))
        there = rows.filter((pl.col("setting_kind") == kind) & (pl.col("basis") == KNOWN))
        shares = _largest_remainder(there["seats"].to_numpy(), wanted)
        parts.append(there.select("setting", "base", kept=pl.Series(shares, dtype=pl.Int64)))
    return (
        pl.concat(parts) if parts else pl.DataFrame(schema={name: SEATS[name] for name in ("setting", "base", "kept")})
    )


def _largest_remainder(by: Whole, total: int) -> Whole:
    """Divide a total in proportion to ``by``, no part above its ``by``."""
    whole = int(by.sum())
    total = min(total, whole)
    if total <= 0:
        return np.zeros(len(by), np.int64)
    quotas = by * total
    parts = quotas // whole
    left = total - int(parts.sum())
    parts[np.argsort(-(quotas % whole), kind="stable")[:left]] += 1
    return parts
