"""The tables that placing children needs, made from the area that the returns load into."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.example.extracts.bases import bases
from rightplace.example.extracts.families import families
from rightplace.example.extracts.preferences import preferences
from rightplace.example.extracts.provision import provision
from rightplace.example.extracts.setting_outcomes import setting_outcomes
from rightplace.example.world import World

TABLES: Final = ("bases", "provision", "families", "preferences", "setting_outcomes")
_MAINSTREAM_SIZE: Final = 40


def placing(world: World, area: Area) -> dict[str, pl.DataFrame]:
    """Bases, provision, families, preferences and outcomes of the made-up area, by table."""
    september = area.census_years()[-1]
    latest = area["census"].filter(pl.col("census_year") == september).sort("person_id")
    homes = area["people"].select("person_id", "birth_date", "neighbourhood_id")
    made = bases(world.settings, area["settings"], world.draw("bases"))
    return {
        "bases": made,
        "provision": provision(latest.select("plan_id", "person_id", "need"), world.draw("provision")),
        "families": families(latest.select("person_id").join(homes, on="person_id"), world.draw("families")),
        "preferences": preferences(_children(latest, area), _places(made, area), september, world.draw("preferences")),
        "setting_outcomes": setting_outcomes(
            area["attendance"],
            latest.select("person_id", "need").unique("person_id", keep="first", maintain_order=True),
        ),
    }


def _children(latest: pl.DataFrame, area: Area) -> pl.DataFrame:
    """Everyone with a plan, a year older, with their home and whether where they are goes on."""
    ages = area["settings"].select("setting_id", "high_age")
    homes = area["neighbourhoods"].select("neighbourhood_id", "easting", "northing")
    return (
        latest.join(ages, on="setting_id", how="left")
        .join(homes, on="neighbourhood_id", how="left")
        .select(
            "person_id",
            (pl.col("year_group") + 1).alias("year_group"),
            "need",
            kind="setting_kind",
            easting="easting",
            northing="northing",
            leaves=(pl.col("year_group") + 1 > pl.col("high_age") - 5).fill_null(
                (pl.col("setting_kind") == "early_years") & (pl.col("year_group") >= -1)
            ),
        )
    )


def _places(made: pl.DataFrame, area: Area) -> pl.DataFrame:
    """Every place a family might ask for: the bases, and the mainstream schools and colleges."""
    settings = area["settings"].select(
        "setting_id", "easting", "northing", "roll", "low_age", "high_age", "setting_kind"
    )
    stated = made.join(settings.select("setting_id", "easting", "northing"), on="setting_id").select(
        "setting_id", "base", "setting_kind", "needs", pl.col("low_year_group").alias("low"),
        pl.col("high_year_group").alias("high"), pl.col("roll").alias("size"), "easting", "northing",
    )  # fmt: skip
    open_to_all = settings.filter(pl.col("setting_kind").is_in(["mainstream", "further_education"])).select(
        "setting_id", pl.lit("main").alias("base"), "setting_kind", pl.lit([], pl.List(pl.String)).alias("needs"),
        (pl.col("low_age") - 4).alias("low"), (pl.col("high_age") - 5).alias("high"),
        pl.lit(_MAINSTREAM_SIZE, pl.Int32).alias("size"), "easting", "northing",
    )  # fmt: skip
    return (
        pl.concat([stated, open_to_all])
        .drop_nulls(["low", "high", "easting"])
        .with_columns(pl.col("size").fill_null(_MAINSTREAM_SIZE))
    )
