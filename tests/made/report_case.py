"""A small area with four censuses, and a forecast of it in the agreed shape, for the tests of reports.

Loaded with ``runpy.run_path``, because tests are no package. Some needs and settings hold one to four people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from rightplace.area.record import Area, Refusal, Source, build
from rightplace.area.tables import BY_NAME
from rightplace.forecast.why.change import WHY
from rightplace.forecast.why.doubt import DOUBT
from rightplace.forecast.why.explain import Why
from rightplace.returns.checks.findings import SCHEMA, Findings
from rightplace.vocabulary.year_group import phase

YEARS = (2023, 2024, 2025, 2026)
NEEDS = {
    "ASD": 0.33,
    "SEMH": 0.2,
    "SLCN": 0.2,
    "MLD": 0.12,
    "SLD": 0.06,
    "PD": 0.04,
    "HI": 0.02,
    "VI": 0.008,
    "MSI": 0.006,
    "DS": 0.016,
}
KINDS = {
    "mainstream": 0.42,
    "special_state": 0.3,
    "resourced_provision": 0.06,
    "special_independent": 0.08,
    "further_education": 0.1,
    "specialist_post_16": 0.01,
    "sen_unit": 0.02,
    "home_education": 0.01,
}
AWKWARD = "Files <b>&</b> \"odd\" 'names'.xml"


@dataclass(frozen=True)
class MadeForecast:
    """The frames of a forecast."""

    summary: pl.DataFrame
    flows: pl.DataFrame
    history: pl.DataFrame
    rates: pl.DataFrame
    per_1000: pl.DataFrame
    ages: pl.DataFrame
    method: str
    assumptions: pl.DataFrame


def area(people: int = 500, seed: int = 1) -> Area:
    """About ``people`` plans in January 2026."""
    draw = np.random.default_rng(seed)
    born = draw.integers(2003, 2022, people * 2)
    first = draw.choice(YEARS, people * 2, p=(0.55, 0.15, 0.15, 0.15))
    stay = draw.geometric(0.12, people * 2)
    need = draw.choice(list(NEEDS), people * 2, p=list(NEEDS.values()))
    kind = draw.choice(list(KINDS), people * 2, p=list(KINDS.values()))
    rows = []
    for number in range(people * 2):
        for year in YEARS:
            group = year - int(born[number]) - 5
            if first[number] <= year < first[number] + stay[number] and -4 <= group <= 20:
                here = str(kind[number]) if draw.random() > 0.03 else str(draw.choice(list(KINDS)))
                rows.append((year, f"p{number}", f"q{number}", str(need[number]), f"s{number % 9}", here, group, None))
    census = pl.DataFrame(rows, schema=BY_NAME["census"].schema, orient="row")
    settings = BY_NAME["settings"].empty()
    settings = pl.concat(
        [
            settings,
            pl.DataFrame(
                [
                    {
                        "setting_id": "1",
                        "name": "Oak",
                        "setting_kind": "special_state",
                        "la_code": "999",
                        "capacity": 120,
                    },
                    {
                        "setting_id": "2",
                        "name": "Elm",
                        "setting_kind": "mainstream",
                        "la_code": "999",
                        "resourced_capacity": 3,
                    },
                ]
            ).with_columns(pl.col("capacity", "resourced_capacity").cast(pl.Int32)),
        ],
        how="diagonal",
    )
    lineage = (
        Source(file="sen2_2025.xml", kind="SEN2 return", edition="2025", sha256="ab12" * 16, rows_in=503, rows_kept=500,
               refused=(Refusal(reason="The date of birth is missing in 2 of the fields", rows=3),)),
        Source(file=AWKWARD, kind="SEN2 return", edition="2026", sha256="0f" * 32, rows_in=1204, rows_kept=1200,
               refused=(Refusal(reason="Duplicate person", rows=2), Refusal(reason="No plan", rows=2)),
               noted=(Refusal(reason="The setting is not in the register", rows=1),)),
    )  # fmt: skip
    return build(la_code="999", name="Marl & Shire", tables={"census": census, "settings": settings}, lineage=lineage)


def forecast(record: Area, years: int = 10) -> MadeForecast:
    """Every series grows by about 3% a year, with a range that widens."""
    history = counts(record)
    seed = history.filter(pl.col("year") == YEARS[-1])
    ahead = []
    for step in range(years + 1):
        middle, spread = 1.03**step, 0.06 * step**0.5
        ahead.append(
            seed.select(
                pl.col("year") + step, "dimension", "value", (pl.col("people") * middle).alias("mean"),
                *((pl.col("people") * middle * (1 + reach * spread)).alias(name)
                  for name, reach in (("p2_5", -1.5), ("p10", -1), ("p50", 0), ("p90", 1), ("p97_5", 1.5))),
            )
        )  # fmt: skip
    flows = [
        (YEARS[-1] + step, flow, "total", "total", size, size * 0.8, size, size * 1.25)
        for flow, size in (("joiners", 90.0), ("leavers", 60.0), ("movers", 14.0))
        for step in range(1, years + 1)
    ]
    schema = ["year", "flow", "dimension", "value", "mean", "p10", "p50", "p90"]
    assumptions = pl.DataFrame({
        "name": ["Futures", "Weight of an older year", "Yearly leavers in year group 14"],
        "value": [1000.0, 0.85, 3.0], "low": [None, 0.7, 2.0], "high": [None, 1.0, 4.0],
        "unit": ["futures", "share", "people"], "source": ["chosen", "back-test", "returns"],
        "owner": ["analyst", "analyst", "SEND manager"],
    })  # fmt: skip
    return MadeForecast(
        summary=pl.concat(ahead),
        flows=pl.DataFrame(flows, schema=schema, orient="row"),
        history=history,
        rates=pl.DataFrame(),
        per_1000=per_1000(pl.concat(ahead)),
        ages=ages(years),
        method="Plans are followed\nfrom year to year.\n\nEach of 3 rates is pooled. Two rates are local.",
        assumptions=assumptions,
    )


def per_1000(summary: pl.DataFrame) -> pl.DataFrame:
    """Rates of the total and of phases, of 20,000 residents in all and 5,000 of each phase."""
    residents = pl.when(pl.col("dimension") == "total").then(20_000.0).otherwise(5_000.0)
    ahead = summary.filter((pl.col("year") > YEARS[-1]) & pl.col("dimension").is_in(["total", "phase"]))
    return ahead.with_columns(pl.col("mean", "p2_5", "p10", "p50", "p90", "p97_5") * 1000.0 / residents)


def ages(years: int) -> pl.DataFrame:
    """A cohort that grows older by a twentieth of a year each year."""
    rows = [(YEARS[-1] + t, 11.0 + t / 20, 10.8 + t / 20, 11.0 + t / 20, 11.3 + t / 20, 4.0, 7.0, 11.0, 15.0, 18.0) for t in range(years + 1)]  # fmt: skip
    columns = ["year", "mean", "p10", "p50", "p90", "youngest_tenth", "youngest_quarter", "middle", "oldest_quarter", "oldest_tenth"]  # fmt: skip
    return pl.DataFrame(rows, schema=columns, orient="row")


def reasons(record: Area, years: int = 10) -> Why:
    """Parts that add up, some of them a person or two; and shares of the doubt. Of settings, each part grows with the count."""
    parts = {"joiners": 40.0, "leavers": -25.0, "moved": 0.0, "need_changed": 0.0, "grown_older": 0.0, "population": -2.0,
             "joining_rate": 12.0, "leaving_rate": 3.4, "moves": 1.2, "interaction": -1.6}  # fmt: skip
    parts["change"] = sum(parts.values())
    kinds = counts(record).filter((pl.col("dimension") == "setting") & (pl.col("year") == YEARS[-1]))
    of = [
        ("total", "total", 1.0),
        *(("setting", kind, people / 100) for kind, people in kinds.select("value", "people").iter_rows()),
    ]
    change = [
        (YEARS[-1] + t, dimension, value, part, t * size * mean, t * size * mean - t, t * size * mean + t)
        for dimension, value, size in of
        for part, mean in parts.items()
        for t in range(1, years + 1)
    ]
    shares = {"parameters": 0.02, "trend": 0.83, "chance": 0.15}
    doubt = [
        (YEARS[-1] + t, "total", "total", source, share * 100, share)
        for source, share in shares.items()
        for t in range(1, years + 1)
    ]
    return Why(
        change=pl.DataFrame(change, schema=WHY, orient="row"),
        doubt=pl.DataFrame(doubt, schema=DOUBT, orient="row"),
        futures=200,
    )


def counts(record: Area) -> pl.DataFrame:
    """Plans each January: ``year``, ``dimension``, ``value``, ``people``."""
    census = record["census"].with_columns(
        pl.lit("total").alias("total"),
        pl.col("year_group").cast(pl.String).alias("group"),
        pl.col("year_group").map_elements(lambda group: str(phase(group)), return_dtype=pl.String).alias("phase"),
    )
    dimensions = {"total": "total", "need": "need", "setting": "setting_kind", "year_group": "group", "phase": "phase"}
    frames = [
        census.group_by(pl.col("census_year").alias("year"), pl.col(column).alias("value"))
        .agg(pl.len().cast(pl.Float64).alias("people"))
        .select("year", pl.lit(dimension).alias("dimension"), "value", "people")
        for dimension, column in dimensions.items()
    ]
    return pl.concat(frames).sort("year", "dimension", "value")


def findings() -> Findings:
    """Findings of three rules, as a check gives them."""
    rows = [
        ("A02", "error", "A123456789012", "a.xml line 9, Persons 1", "The date is later than census day.", "Correct it.", "dob", "2030-01-01", "persons", 0),
        ("A02", "error", "A123456789013", "a.xml line 19, Persons 2", "The date is later than census day.", "Correct it.", "dob", "2030-01-02", "persons", 1),
        ("A05", "query", "B<script>", "a.xml line 29, Plans 3", "No need <is> recorded.", "Record one & send again.", "need", "", "plans", 2),
        *(("A09", "advice", f"person {n} in the file", f"a.xml line {40 + n}, Plans {n}", "The review is late.", "Check it.", "review", "", "plans", n) for n in range(70)),
    ]  # fmt: skip

    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return Findings(frame=frame, not_run=(), edition=2026, source="a.xml", people=500)


TODAY = date(2026, 11, 23)
