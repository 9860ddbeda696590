"""The tables of an area record: what each row is, and each column's type and meaning.

A table holds no row that is not about something real: a suppressed or missing figure is
null, never zero. Every frame in an :class:`~rightplace.area.Area` has exactly these columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, polars type and what a value means."""

    name: str
    dtype: pl.DataType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, the columns that identify it, and all its columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name to polars type, in order."""
        return {column.name: column.dtype for column in self.columns}

    def empty(self) -> pl.DataFrame:
        """A frame of this table with no rows."""
        return pl.DataFrame(schema=self.schema)


_TEXT: Final = pl.String()
_DATE: Final = pl.Date()
_FLAG: Final = pl.Boolean()
_SMALL: Final = pl.Int16()
_COUNT: Final = pl.Int32()
_REAL: Final = pl.Float64()
_PENCE: Final = pl.Int64()

_PERSON = Column("person_id", _TEXT, "the person, the same in every table and every year")
_PLAN = Column("plan_id", _TEXT, "the EHC plan")
_REQUEST = Column("request_id", _TEXT, "the request for an EHC needs assessment")
_SETTING = Column("setting_id", _TEXT, "the setting: its URN, else its UKPRN, else a local code")
_NEED = Column("need", _TEXT, "a vocabulary.need code")
_KIND = Column("setting_kind", _TEXT, "a vocabulary.setting kind")
_YEAR_GROUP = Column("year_group", _SMALL, "year group, -4 to 20, in the academic year of the date")
_CENSUS = Column("census_year", _SMALL, "the year of the January census day the row comes from")
_ACADEMIC_YEAR = Column("academic_year", _SMALL, "the year the academic year starts: 2025 is 2025/26")

TABLES: Final[tuple[Table, ...]] = (
    Table("people", "a child or young person", ("person_id",), (
        _PERSON,
        Column("birth_date", _DATE, "date of birth"),
        Column("sex", _TEXT, "M, F, or null when not known"),
        Column("ethnicity", _TEXT, "CBDS ethnicity code"),
        Column("postcode", _TEXT, "home postcode"),
        Column("neighbourhood_id", _TEXT, "home neighbourhood, when the postcode could be placed"),
        Column("upn", _TEXT, "unique pupil number"),
        Column("uln", _TEXT, "unique learner number"),
    )),
    Table("requests", "a request for an EHC needs assessment", ("request_id",), (
        _REQUEST, _PERSON,
        Column("received_date", _DATE, "date received; null for a request decided before the records start"),
        Column("source", _TEXT, "who asked: SEN2 RequestSource code"),
        Column("outcome", _TEXT, "SEN2 RequestOutcome code: Y, N, A, W or H"),
        Column("outcome_date", _DATE, "date the requester was told"),
        Column("mediation", _FLAG, "mediation about the decision took place"),
        Column("tribunal", _FLAG, "an appeal about the decision was registered"),
        Column("exported_to", _TEXT, "authority the child moved to before the assessment ended"),
    )),
    Table("assessments", "an EHC needs assessment", ("request_id",), (
        _REQUEST, _PERSON,
        Column("outcome", _TEXT, "SEN2 AssessmentOutcome code: Y, N, A, W or H"),
        Column("outcome_date", _DATE, "date the plan was issued, or the family told there would be none"),
        Column("mediation", _FLAG, "mediation about the decision to issue took place"),
        Column("tribunal", _FLAG, "an appeal about the decision to issue was registered"),
        Column("exception", _FLAG, "an exception to the 20-week limit applied"),
    )),
    Table("plans", "an EHC plan", ("plan_id",), (
        _PLAN, _PERSON, _REQUEST,
        Column("start_date", _DATE, "date of the plan; the first date when it has been amended"),
        Column("cease_date", _DATE, "date the plan ceased or was transferred out; null when in place"),
        Column("cease_reason", _TEXT, "SEN2 CeaseReason code, 1 to 9"),
        Column("transferred_from", _TEXT, "authority the plan came from, when it was transferred in"),
        Column("residential", _TEXT, "A 38 to 51 weeks, B 52 weeks, or null"),
        Column("work_based", _TEXT, "A apprenticeship, T traineeship, S supported internship, or null"),
        Column("personal_budget", _FLAG, "a personal budget is taken up"),
    )),
    Table("named_settings", "a setting named in section I of a plan", ("plan_id", "rank"), (
        _PLAN, _PERSON, _SETTING, _KIND,
        Column("rank", _SMALL, "1 primary, 2 secondary"),
    )),
    Table("placements", "a stay at a setting", ("placement_id",), (
        Column("placement_id", _TEXT, "the placement"),
        _PLAN, _PERSON, _SETTING, _KIND,
        Column("rank", _SMALL, "1 primary, 2 secondary"),
        Column("entry_date", _DATE, "first day"),
        Column("leaving_date", _DATE, "last day; null while current"),
        Column("residential", _TEXT, "A 38 to 51 weeks, B 52 weeks, or null"),
        Column("work_based", _TEXT, "A apprenticeship, T traineeship, S supported internship, or null"),
    )),
    Table("needs", "a need recorded on a plan at a census", ("plan_id", "census_year", "rank"), (
        _PLAN, _PERSON, _CENSUS, _NEED,
        Column("rank", _SMALL, "1 primary, 2 secondary"),
    )),
    Table("reviews", "the latest annual review of a plan at a census", ("plan_id", "census_year"), (
        _PLAN, _PERSON, _CENSUS,
        Column("meeting_date", _DATE, "date of the review meeting"),
        Column("decision_date", _DATE, "date the family was told the decision"),
        Column("outcome", _TEXT, "M maintain, A amend, C cease"),
        Column("draft_date", _DATE, "date the draft amended plan was issued"),
        Column("transfer_due_date", _DATE, "date a plan amended for a phase transfer is due"),
        Column("transfer_final_date", _DATE, "date of the final plan for the phase transfer"),
    )),
    Table("census", "a plan in place on a January census day", ("census_year", "person_id"), (
        _CENSUS, _PERSON, _PLAN, _NEED, _SETTING, _KIND, _YEAR_GROUP,
        Column("neighbourhood_id", _TEXT, "home neighbourhood"),
    )),
    Table("settings", "a school, college or other setting", ("setting_id",), (
        _SETTING,
        Column("urn", _TEXT, "GIAS unique reference number"),
        Column("ukprn", _TEXT, "UK provider reference number"),
        Column("name", _TEXT, "name"),
        _KIND,
        Column("gias_type", _SMALL, "GIAS type of establishment code"),
        Column("phase", _TEXT, "GIAS phase of education, in words"),
        Column("la_code", _TEXT, "authority the setting stands in"),
        Column("postcode", _TEXT, "postcode"),
        Column("easting", _REAL, "metres, OSGB36"),
        Column("northing", _REAL, "metres, OSGB36"),
        Column("low_age", _SMALL, "statutory lowest age"),
        Column("high_age", _SMALL, "statutory highest age"),
        Column("sex", _TEXT, "M boys, F girls, X mixed, or null"),
        Column("capacity", _COUNT, "places for all pupils"),
        Column("roll", _COUNT, "pupils on roll"),
        Column("resourced_capacity", _COUNT, "places in resourced provision"),
        Column("resourced_roll", _COUNT, "pupils in resourced provision"),
        Column("unit_capacity", _COUNT, "places in SEN units"),
        Column("unit_roll", _COUNT, "pupils in SEN units"),
        Column("needs", pl.List(pl.String()), "vocabulary.need codes it is set up for; empty when not stated"),
        Column("trust", _TEXT, "name of the trust that runs it"),
        Column("open_date", _DATE, "date opened"),
        Column("close_date", _DATE, "date closed"),
        Column("section_41", _FLAG, "approved under section 41"),
    )),
    Table("bases", "places of one kind at a setting: its main school, a unit, a resourced provision", ("setting_id", "base"), (
        _SETTING,
        Column("base", _TEXT, "main, unit, resourced, or the name the setting gives it"),
        _KIND,
        Column("needs", pl.List(pl.String()), "vocabulary.need codes it is set up for; empty when not stated"),
        Column("low_year_group", _SMALL, "lowest year group taken"),
        Column("high_year_group", _SMALL, "highest year group taken"),
        Column("capacity", _COUNT, "places for children and young people with EHC plans"),
        Column("roll", _COUNT, "children and young people with EHC plans on roll"),
        Column("sex", _TEXT, "M boys, F girls, X mixed, or null"),
        Column("residential", _FLAG, "board is offered"),
        Column("provides", pl.List(pl.String()), "provision it can make, in the words of the provision table; empty when not stated"),
        Column("annual_cost_pence", _PENCE, "cost to the high needs budget of one place for a year, pence"),
    )),
    Table("preferences", "a setting that a family asks for", ("person_id", "academic_year", "rank"), (
        _PERSON, _ACADEMIC_YEAR,
        Column("rank", _SMALL, "1 first choice"),
        _SETTING,
        Column("base", _TEXT, "base asked for; null when only the setting is"),
    )),
    Table("families", "a person's household, for brothers and sisters", ("person_id",), (
        _PERSON,
        Column("family_id", _TEXT, "the household"),
    )),
    Table("provision", "a kind of provision named in section F of a plan", ("plan_id", "provision"), (
        _PLAN, _PERSON,
        Column("provision", _TEXT, "provision, in the words of the bases table"),
    )),
    Table("journeys", "the way from a home neighbourhood to a setting, when it has been measured", ("neighbourhood_id", "setting_id"), (
        Column("neighbourhood_id", _TEXT, "home neighbourhood"), _SETTING,
        Column("km", _REAL, "kilometres by road"),
        Column("minutes", _REAL, "minutes by car or taxi at school time"),
    )),
    Table("setting_outcomes", "what becomes of a setting's pupils, compared fairly", ("setting_id", "measure", "academic_year"), (
        _SETTING,
        Column("measure", _TEXT, "what is measured, in words"), _ACADEMIC_YEAR,
        Column("value", _REAL, "the estimate"),
        Column("low", _REAL, "lower end of its 95% range"),
        Column("high", _REAL, "upper end of its 95% range"),
        Column("source", _TEXT, "where it comes from"),
    )),
    Table("population", "residents of one age in one year", ("year", "age"), (
        Column("year", _SMALL, "mid-year"),
        Column("age", _SMALL, "age in years, 0 to 25"),
        Column("people", _REAL, "residents"),
        Column("projected", _FLAG, "a projection, not an estimate"),
    )),
    Table("neighbourhoods", "a neighbourhood (LSOA or local equivalent)", ("neighbourhood_id",), (
        Column("neighbourhood_id", _TEXT, "LSOA code or local code"),
        Column("name", _TEXT, "name"),
        Column("easting", _REAL, "metres, OSGB36, of a central point"),
        Column("northing", _REAL, "metres, OSGB36, of a central point"),
        Column("deprivation_decile", _SMALL, "1 most deprived to 10 least, index of multiple deprivation"),
        Column("people_0_17", _REAL, "residents aged 0 to 17"),
        Column("people_18_24", _REAL, "residents aged 18 to 24"),
    )),
    Table("staff", "a post or group of posts", ("post_id", "academic_year"), (
        Column("post_id", _TEXT, "the post"), _ACADEMIC_YEAR,
        _SETTING,
        Column("role", _TEXT, "role, in words"),
        Column("employer", _TEXT, "school, trust, authority, health or agency"),
        Column("fte", _REAL, "full-time equivalent filled"),
        Column("vacant_fte", _REAL, "full-time equivalent vacant"),
        Column("annual_cost_pence", _PENCE, "yearly cost with on-costs of the filled part, pence"),
    )),
    Table("costs", "the yearly cost of a place", ("financial_year", "setting_kind", "need"), (
        Column("financial_year", _SMALL, "the year the financial year starts"),
        _KIND, _NEED,
        Column("annual_cost_pence", _PENCE, "cost to the high needs budget of one place for a year, pence"),
    )),
    Table("budget", "a line of the high needs budget", ("financial_year", "line"), (
        Column("financial_year", _SMALL, "the year the financial year starts"),
        Column("line", _TEXT, "budget line, in words"),
        Column("income", _FLAG, "money in, not money out"),
        Column("budget_pence", _PENCE, "budgeted, pence"),
        Column("outturn_pence", _PENCE, "actual, pence; null until known"),
    )),
    Table("attendance", "a pupil's attendance and behaviour in one term", ("pupil_id", "setting_id", "academic_year", "term"), (
        Column("pupil_id", _TEXT, "the pupil, with or without a plan"),
        Column("person_id", _TEXT, "the person, when the pupil has or had a plan"),
        _SETTING, _ACADEMIC_YEAR,
        Column("term", _TEXT, "autumn, spring or summer"),
        _YEAR_GROUP,
        Column("sen_status", _TEXT, "E EHC plan, K SEN support, N none"),
        Column("sessions_possible", _COUNT, "half-day sessions"),
        Column("sessions_missed", _COUNT, "half-day sessions missed, for any reason"),
        Column("sessions_unauthorised", _COUNT, "half-day sessions missed without leave"),
        Column("behaviour_incidents", _COUNT, "incidents recorded by the school"),
        Column("suspensions", _COUNT, "suspensions"),
        Column("permanent_exclusions", _COUNT, "permanent exclusions"),
    )),
    Table("learning", "a pupil's result in one subject and year", ("pupil_id", "academic_year", "subject"), (
        Column("pupil_id", _TEXT, "the pupil, with or without a plan"),
        _SETTING, _ACADEMIC_YEAR, _YEAR_GROUP,
        Column("sen_status", _TEXT, "E EHC plan, K SEN support, N none"),
        Column("subject", _TEXT, "reading, writing or mathematics"),
        Column("scaled_score", _REAL, "standardised score, mean 100 and standard deviation 15 for all pupils of the year group"),
    )),
    Table("history", "a published or aggregate yearly count", ("year", "measure", "dimension", "value"), (
        Column("year", _SMALL, "January of the count, or calendar year of the flow"),
        Column("measure", _TEXT, "plans, new_plans, ceased_plans, transferred_out, requests, assessed, refused"),
        Column("dimension", _TEXT, "total, age, age_band, need, setting, age+setting, age+need or need+setting"),
        Column("value", _TEXT, "the cell: a label, or two joined by '+' in the order of the dimension"),
        Column("people", _REAL, "count; null when suppressed or not credible"),
        Column("source", _TEXT, "file and edition it came from"),
    )),
)  # fmt: skip

BY_NAME: Final[dict[str, Table]] = {table.name: table for table in TABLES}
"""Table name to table."""
