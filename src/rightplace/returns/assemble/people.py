"""Who is who: one identity for a person across returns that share no common number.

A SEN2 return has no local identifier, a UPN may be issued or lost between two returns, and a
college may know a young person by ULN alone. Two records are the same person when they share
UPN and date of birth, or ULN and date of birth, or full name and date of birth; but a name and date of
birth that stand beside two different UPNs (or ULNs) in the returns tie nothing together. A number that a spreadsheet
has shortened (9.8E+09) is nobody's.
"""

from __future__ import annotations

import hashlib

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

_NAME = ("surname", "forename", "birth_date")
_NUMBER = r"^[0-9A-Za-z]+$"


def identify(person: pl.DataFrame) -> pl.DataFrame:
    """``person`` with ``person_id``: the same for every record of one person, in every return.

    ``person`` needs ``census_year``, ``row``, ``surname``, ``forename``, ``birth_date``, ``upn`` and ``uln``.
    The identifier is the person's earliest UPN, else their ULN, else "N" and a hash of name and date of
    birth, with the date of birth added where two people were returned under one number.
    """
    numbered = person.with_columns(_whole("upn").alias("own_upn"), _whole("uln").alias("own_uln"))
    keyed = numbered.with_columns(_keys()).with_columns(_unambiguous_name())
    group = _components(keyed)
    return (
        keyed.with_columns(group=group)
        .pipe(_name_groups)
        .drop("own_upn", "own_uln", "upn_key", "uln_key", "name_key", "group")
    )


def _whole(column: str) -> pl.Expr:
    return pl.when(pl.col(column).str.contains(_NUMBER)).then(column)


def _keys() -> list[pl.Expr]:
    born = pl.col("birth_date").cast(pl.String).fill_null("?")
    name = pl.concat_str(
        [pl.col(column).fill_null("?").str.to_lowercase().str.replace_all(r"[^\p{L}]", "") for column in _NAME[:2]],
        separator="|",
    )
    return [
        (pl.lit("U") + pl.col("own_upn").str.to_uppercase() + "|" + born).alias("upn_key"),
        (pl.lit("L") + pl.col("own_uln") + "|" + born).alias("uln_key"),
        (pl.lit("N") + name + "|" + born).alias("name_key"),
    ]


def _unambiguous_name() -> pl.Expr:
    # Two numbers beside one name and birthday are two people until a number says otherwise.
    one_number = pl.all_horizontal(
        pl.col(key).drop_nulls().n_unique().over("name_key") <= 1 for key in ("upn_key", "uln_key")
    )
    own = pl.concat_str(
        pl.lit("R"),
        pl.coalesce("upn_key", "uln_key", pl.col("census_year").cast(pl.String) + "/" + pl.col("row").cast(pl.String)),
    )
    return pl.when(one_number).then("name_key").otherwise(own).alias("name_key")


def _components(keyed: pl.DataFrame) -> pl.Series:
    """Number of the connected component of each record, joining records that share a key."""
    records = keyed.height
    links = (
        keyed.with_row_index("record").unpivot(["upn_key", "uln_key", "name_key"], index="record").drop_nulls("value")
    )
    nodes = links["value"].rank("dense").cast(pl.Int64).to_numpy() - 1 + records
    size = records + (int(nodes.max()) - records + 1 if len(nodes) else 0)
    graph = coo_array((np.ones(len(nodes), np.int8), (links["record"].to_numpy(), nodes)), shape=(size, size))
    return pl.Series("group", connected_components(graph, directed=False)[1][:records])


def _name_groups(keyed: pl.DataFrame) -> pl.DataFrame:
    ordered = pl.col("census_year").arg_min()
    first_number = [
        pl.col(column).drop_nulls().sort_by(pl.col("census_year").filter(pl.col(column).is_not_null())).first()
        for column in ("own_upn", "own_uln")
    ]
    names = keyed.group_by("group").agg(
        upn_first=first_number[0].str.to_uppercase(),
        uln_first=first_number[1],
        name_first=pl.col("name_key").get(ordered),
        born=pl.col("birth_date").get(ordered),
    )
    nameless = names.filter(pl.coalesce("upn_first", "uln_first").is_null())["name_first"]
    hashed = {name: _hashed(name) for name in nameless}
    by_name = pl.col("name_first").replace_strict(hashed, default=None, return_dtype=pl.String)
    names = names.with_columns(person_id=pl.coalesce("upn_first", "uln_first", by_name))
    shared = pl.col("person_id").is_duplicated()
    names = names.with_columns(
        person_id=pl.when(shared)
        .then(pl.col("person_id") + "-" + pl.col("born").cast(pl.String).fill_null("unknown"))
        .otherwise("person_id")
    )
    again = pl.int_range(pl.len()).over("person_id")
    names = names.with_columns(
        person_id=pl.when(again > 0).then(pl.col("person_id") + "-" + again.cast(pl.String)).otherwise("person_id")
    )
    return keyed.join(names.select("group", "person_id"), on="group", how="left", maintain_order="left")


def _hashed(name: str) -> str:
    # A hash keeps names out of the area record; 48 bits are ample for the few without a number.
    return "N" + hashlib.sha256(name.encode()).hexdigest()[:12]


def people_table(person: pl.DataFrame, postcodes: pl.DataFrame | None) -> pl.DataFrame:
    """The ``people`` table: what the latest return says of each person, and earlier ones where it is silent.

    ``postcodes`` (``postcode``, ``neighbourhood_id``) places homes; without it neighbourhoods are null.
    """
    latest = (
        person.sort("census_year", "row")
        .group_by("person_id", maintain_order=True)
        .agg(
            pl.col(column).drop_nulls().last()
            for column in ("birth_date", "sex", "gender_current", "ethnicity", "postcode", "upn", "uln")
        )
    )
    sex = pl.coalesce(
        pl.when(pl.col("sex").is_in(["M", "F"])).then("sex"),
        pl.col("gender_current").replace_strict({"1": "M", "2": "F"}, default=None, return_dtype=pl.String),
    )
    placed = latest.with_columns(sex=sex, ethnicity=pl.col("ethnicity").str.to_uppercase())
    if postcodes is None:
        return placed.with_columns(neighbourhood_id=pl.lit(None, pl.String))
    homes = postcodes.select(_postcode("postcode").alias("_key"), "neighbourhood_id").unique(
        "_key", keep="first", maintain_order=True
    )
    return placed.with_columns(_key=_postcode("postcode")).join(homes, on="_key", how="left", maintain_order="left")


def _postcode(column: str) -> pl.Expr:
    return pl.col(column).str.to_uppercase().str.replace_all(r"\s", "")
