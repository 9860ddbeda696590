"""``rightplace share-places``: a national pot of places or capital, shared between areas with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    import polars as pl

    from rightplace.places.sharing.framework import Framework, Unit
    from rightplace.progress import Progress
    from rightplace.returns.statistics.national import National

NAME: Final = "share-places"


def run(
    statistics: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder of published statistics.")],
    pot: Annotated[int, typer.Option(min=1, metavar="N", help="How much there is to share, in whole units.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results.")],
    unit: Annotated[str, typer.Option(metavar="places|pounds", help="What the pot is of.")] = "places",
    framework: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Rules to share by; without it, Rightplace's own, which are nobody's policy."
        ),
    ] = None,
    forecast: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Results of forecast --all to use instead of making them again.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="Share within one region only, by its name.")] = None,
    years: Annotated[int, typer.Option(min=1, max=30, help="Years of growth that count as need.")] = 5,
    futures: Annotated[int, typer.Option(min=1, help="Futures of the forecast.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
) -> None:
    """Share a pot of new places or capital between areas by need, deprivation, distance and shortage."""
    from rightplace.area.files import require_writable
    from rightplace.cli.screen import Shown, say, table
    from rightplace.places.sharing.share import share
    from rightplace.returns.statistics.build import national_from_statistics

    rules = _rules(framework, _unit(unit))
    require_writable(out / "shares.csv")
    with Shown() as progress:
        national = national_from_statistics(statistics, progress=progress)
        expected = _read(forecast) if forecast else _forecast(national, years, futures, seed, progress)
        evidence = _evidence(national, expected)
        made = _named(share(_within(evidence.areas, region), pot, rules))
    notes = [_standing(rules), *evidence.notes]
    _write(made, evidence.areas, [f"Shared by: {rules.name}. Source: {rules.source}.", *notes], out)
    table(_most(made), f"The ten largest shares of {pot:,} {rules.unit}")
    say(
        *notes,
        f"{made['amount'].count()} areas share {made['amount'].sum():,} {rules.unit}. Written: {out / 'shares.csv'}, factors.csv and notes.txt.",
    )  # fmt: skip


def _unit(text: str) -> Unit:
    from rightplace.errors import UserError

    if text == "places":
        return "places"
    if text == "pounds":
        return "pounds"
    raise UserError(f"{text!r} is not a unit.", where="--unit", action="Write places or pounds.")


def _rules(path: Path | None, unit: Unit) -> Framework:
    from rightplace.calendar.clock import today
    from rightplace.places.sharing.framework import from_values, own

    return own(unit, today()) if path is None else from_values(_values(path), str(path), unit)


def _values(path: Path) -> Any:
    import yaml

    from rightplace.errors import DataError, UserError

    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings only
    except OSError as error:
        raise UserError(
            f"The file cannot be read ({error.strerror}).", where=str(path), action="Check its name and folder."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        raise DataError("The file is not YAML in UTF-8.", where=str(path), action="Mend it.") from None


def _read(folder: Path) -> pl.DataFrame:
    """The areas of a forecast of all England made before."""
    import polars as pl

    from rightplace.errors import DataError
    from rightplace.forecast.england.result import AREAS

    path = folder / "areas.csv"
    try:
        return pl.read_csv(path, schema_overrides=AREAS).select(
            pl.col(name).cast(dtype) for name, dtype in AREAS.items()
        )
    except (OSError, pl.exceptions.PolarsError):
        raise DataError(
            "There is no forecast of all England that can be read.", where=str(path),
            action="Give the folder that forecast --all wrote, or leave --forecast out.",
        ) from None  # fmt: skip


def _forecast(national: National, years: int, futures: int, seed: int, progress: Progress) -> pl.DataFrame:
    from rightplace.forecast.england.run import forecast_all

    return forecast_all(national, years=years, futures=futures, seed=seed, progress=progress).areas


def _evidence(national: National, expected: pl.DataFrame) -> Any:
    import polars as pl

    from rightplace.area.tables import BY_NAME
    from rightplace.places.sharing.factors import factors

    def together(table: str) -> pl.DataFrame:
        empty = BY_NAME[table].empty().drop("la_code", strict=False).with_columns(pl.lit("").alias("la_code"))
        parts = [
            frame.drop("la_code", strict=False).with_columns(pl.lit(code).alias("la_code"))
            for code, frame in sorted(national.parts[table].items())
        ]
        return pl.concat([empty, *parts])

    return factors(expected, national.capacity, together("neighbourhoods"), together("settings"))


def _within(areas: pl.DataFrame, region: str | None) -> pl.DataFrame:
    import polars as pl

    from rightplace.errors import UserError
    from rightplace.vocabulary.authority import AUTHORITIES

    if region is None:
        return areas
    codes = [code for code, each in AUTHORITIES.items() if each.region.casefold() == region.strip().casefold()]
    if not codes:
        names = sorted({each.region for each in AUTHORITIES.values()})
        raise UserError(
            f"There is no region {region!r}.", where="--region", action=f"The regions are: {', '.join(names)}."
        )
    return areas.filter(pl.col("la_code").is_in(codes))


def _named(made: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    from rightplace.vocabulary import authority

    names = {code: authority.name(code) for code in made["la_code"]}
    return made.insert_column(1, made["la_code"].replace_strict(names, return_dtype=pl.String).alias("name"))


def _most(made: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    largest = made.filter(pl.col("amount").is_not_null()).sort("amount", descending=True, maintain_order=True)
    return largest.head(10).select(
        "la_code", "name", "amount", (pl.col("share") * 100).round(2).alias("share_percent"), "limit"
    )


def _standing(rules: Framework) -> str:
    return (
        "These rules were read in their published source, as the file says."
        if rules.verified
        else "These rules are not a published framework, or were not read in one: do not present the shares as anyone's allocation."
    )


def _write(made: pl.DataFrame, areas: pl.DataFrame, notes: list[str], out: Path) -> None:
    from rightplace.area.files import replace_file
    from rightplace.report.csv_files import write_frame

    write_frame(made, out / "shares.csv")
    write_frame(areas, out / "factors.csv")
    with replace_file(out / "notes.txt") as part:
        part.write_text("\n".join(notes) + "\n", encoding="utf-8")
