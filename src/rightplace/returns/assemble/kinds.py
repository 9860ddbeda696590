"""What kind of setting a returned placement is: from its SEN2 code, or its number in the register and its flags."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.vocabulary.setting import SEN2_SETTING_KIND, SettingKind

NO_REGISTER: Final = "URN, and no register of settings was given (GIAS): the kind of setting is not recorded"
UNMATCHED_URN: Final = "URN is not in the register of settings given: the kind of setting is not recorded"
UNMATCHED_UKPRN: Final = (
    "UKPRN that no register of settings given has: counted as a college, as DfE counts UKPRN-only providers"
)
NO_SETTING: Final = "neither a URN, a UKPRN nor a known setting code: the kind of setting is not recorded"


def with_kind(rows: pl.DataFrame, settings: pl.DataFrame | None) -> pl.DataFrame:
    """``rows`` with ``setting_id``, ``setting_kind`` and ``kind_note`` (null, or why the kind is not sure).

    ``rows`` needs ``urn``, ``ukprn``, ``sen_setting`` and the two indicator columns. ``settings`` is the
    area's settings table; without it every numbered school is of a kind not recorded but for its flags.
    """
    register = _register(settings)
    by_urn = (
        register.select(pl.col("urn").alias("urn"), pl.col("setting_kind").alias("urn_kind"))
        .drop_nulls("urn")
        .unique("urn")
    )
    by_ukprn = (
        register.select(
            pl.col("ukprn"), pl.col("setting_kind").alias("ukprn_kind"), pl.col("setting_id").alias("ukprn_setting")
        )
        .drop_nulls("ukprn")
        .unique("ukprn", keep="first", maintain_order=True)
    )
    joined = rows.join(by_urn, on="urn", how="left", maintain_order="left").join(
        by_ukprn, on="ukprn", how="left", maintain_order="left"
    )
    by_code = pl.col("sen_setting").replace_strict(
        {code: kind.value for code, kind in SEN2_SETTING_KIND.items()}, default=None, return_dtype=pl.String
    )
    college = pl.when(pl.col("ukprn").is_not_null()).then(pl.lit(SettingKind.FURTHER_EDUCATION.value))
    base = pl.coalesce("urn_kind", "ukprn_kind", by_code, college, pl.lit(SettingKind.NOT_RECORDED.value))
    return (
        joined.with_columns(
            setting_id=pl.coalesce("urn", "ukprn_setting", "ukprn"),
            setting_kind=base,
            kind_note=_note(by_code, given=settings is not None),
        )
        .with_columns(setting_kind=_within_school())
        .drop("urn_kind", "ukprn_kind", "ukprn_setting")
    )


def _within_school() -> pl.Expr:
    """A unit or a base in a mainstream school (or in one the register does not know) is a kind of its own."""
    in_school = (
        pl.col("setting_kind").is_in([SettingKind.MAINSTREAM.value, SettingKind.NOT_RECORDED.value])
        & pl.col("urn").is_not_null()
    )
    return (
        pl.when(in_school & pl.col("sen_unit_indicator"))
        .then(pl.lit(SettingKind.SEN_UNIT.value))
        .when(in_school & pl.col("resourced_provision_indicator"))
        .then(pl.lit(SettingKind.RESOURCED_PROVISION.value))
        .otherwise("setting_kind")
    )


def _note(by_code: pl.Expr, *, given: bool) -> pl.Expr:
    known = pl.coalesce("urn_kind", "ukprn_kind", by_code).is_not_null()
    return (
        pl.when(known)
        .then(None)
        .when(pl.col("urn").is_not_null())
        .then(pl.lit(UNMATCHED_URN if given else NO_REGISTER))
        .when(pl.col("ukprn").is_not_null())
        .then(pl.lit(UNMATCHED_UKPRN))
        .otherwise(pl.lit(NO_SETTING))
    )


def _register(settings: pl.DataFrame | None) -> pl.DataFrame:
    if settings is None:
        return pl.DataFrame(schema={name: pl.String() for name in ("setting_id", "urn", "ukprn", "setting_kind")})
    return settings.select("setting_id", "urn", "ukprn", "setting_kind")
