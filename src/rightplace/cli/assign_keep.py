"""What ``rightplace assign --keep`` takes, and the places that are kept where it is not given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

    from rightplace.area.record import Area
    from rightplace.places.assign.late import Late
    from rightplace.progress import Progress

NONE: Final = "none"


def kept(texts: list[str]) -> pl.DataFrame | int | None:
    """Places to keep as stated: at some bases, at every base, none (0), or None where nothing is stated. Raises ``UserError``."""
    import polars as pl

    from rightplace.errors import UserError

    if [text.strip().casefold() for text in texts] == [NONE]:
        return 0
    rows = []
    for text in texts:
        where, _, number = text.rpartition("=")
        if not number.strip().isdigit() or (where and "/" not in where):
            raise UserError(
                f"{text!r} does not say how many places to keep.", where="--keep",
                action=f"Write SETTING/BASE=2, a number for every base, or {NONE}.",
            )  # fmt: skip
        setting, _, base = where.rpartition("/")
        rows.append((setting, base, int(number)))
    everywhere = [number for setting, _, number in rows if not setting]
    if everywhere and len(rows) > 1:
        raise UserError(
            "Places are kept at every base and at some.", where="--keep", action="Give one number, or bases."
        )
    if everywhere:
        return everywhere[0]
    return pl.DataFrame(rows, schema=["setting", "base", "kept"], orient="row") if rows else None


def decided(text: str | None) -> date | None:
    """The day that ``--decided`` names. Raises ``UserError``."""
    from rightplace.errors import UserError

    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{text!r} is not a day.", where="--decided", action="Write it like 2027-02-15.") from None


def expected(
    record: Area, september: int, since: date | None, seed: int, progress: Progress
) -> tuple[Late | None, str]:
    """Who is expected to join by then, by a forecast; or None, and why that cannot be told."""
    from rightplace.errors import UserError
    from rightplace.places.assign import late

    try:
        return late.expected(record, september=september, since=since, seed=seed, progress=progress), ""
    except UserError as error:
        return None, f"{late.CANNOT_TELL}: {error}"
