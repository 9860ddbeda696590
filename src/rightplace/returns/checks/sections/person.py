"""Rules on the person: names, dates and codes."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks.rule import ERROR, QUERY, Rule, documented, inferred
from rightplace.returns.checks.sources import (
    AGE_LIMIT,
    COLLECT,
    GUIDE,
    MEANING,
    OPEN_READER,
)
from rightplace.returns.checks.terms import c, missing, not_one_of
from rightplace.vocabulary.codes import GenderCurrent, Sex
from rightplace.vocabulary.ethnicity import ETHNICITIES

_rule = partial(Rule, table="person")

_REQUIRED: Final = {
    "Surname": "surname",
    "Forename": "forename",
    "PersonBirthDate": "birth_date",
    "sex": "sex_item",
    "Ethnicity": "ethnicity",
}
_POSTCODE: Final = r"(?i)^([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|GIR ?0AA)$"
_HAS_ACTIVE_PLAN: Final = c("n_active_plans") > 0
_WRONG_SEX: Final = (
    pl.when(c("edition") == 2023).then(not_one_of("sex_item", GenderCurrent)).otherwise(not_one_of("sex_item", Sex))
)

_absent = pl.concat_str(
    [pl.when(missing(column)).then(pl.lit(name)) for name, column in _REQUIRED.items()],
    separator=", ",
    ignore_nulls=True,
)

RULES: Final = (
    _rule(
        id="P01",
        severity=ERROR,
        title="Name, birth date, sex and ethnicity are there",
        message="Missing: {value}.",
        action="Fill in what is missing from the person's record.",
        fields=("Surname", "Forename", "PersonBirthDate", "Sex", "GenderCurrent", "Ethnicity"),
        basis=documented(GUIDE),
        when=missing(*_REQUIRED.values()),
        value=_absent,
        note="Sex is GenderCurrent in 2023 and Sex from 2024.",
    ),
    _rule(
        id="P02",
        severity=ERROR,
        title="Sex is a code",
        message="Sex is {value}, which is not a code of the {edition} edition.",
        action="Write M or F (in 2023: 0, 1, 2 or 9).",
        fields=("Sex", "GenderCurrent"),
        basis=documented(GUIDE),
        when=_WRONG_SEX,
        value=c("sex_item"),
    ),
    _rule(
        id="P03",
        severity=ERROR,
        title="Ethnicity is a code",
        message="Ethnicity is {Ethnicity}, which is not in the code list.",
        action="Write a four-letter ethnicity code; NOBT when it has not been obtained, REFU when refused.",
        fields=("Ethnicity",),
        basis=documented(GUIDE),
        when=not_one_of("ethnicity", ETHNICITIES),
    ),
    _rule(
        id="P04",
        severity=ERROR,
        title="Born by census day",
        message="The date of birth, {PersonBirthDate}, is after census day ({census_day}).",
        action="Correct the date of birth.",
        fields=("PersonBirthDate",),
        basis=inferred(MEANING),
        when=c("birth_date") > c("census_day"),
    ),
    _rule(
        id="P05",
        severity=ERROR,
        title="Not past the age limit with a plan",
        message="Was {age_31_august} on 31 August before census day and has a plan that has not ceased.",
        action="Check the date of birth; if it is right, give the plan its CeaseDate and CeaseReason.",
        fields=("PersonBirthDate", "StartDate", "CeaseDate"),
        basis=documented(OPEN_READER),
        when=_HAS_ACTIVE_PLAN & (c("age_31_august") > 24),
        value=c("birth_date_raw"),
        note=f"Severity inferred. The limit is in the {AGE_LIMIT}. See N28, the same limit at the plan.",
    ),
    _rule(
        id="P06",
        severity=QUERY,
        title="Aged 25 with a plan",
        message="Is 25 on census day and has a plan that has not ceased.",
        action="Check the date of birth and that the plan goes on to the end of this academic year.",
        fields=("PersonBirthDate",),
        basis=inferred("Area SEND inspection framework, Annex A, as public tools check it"),
        when=_HAS_ACTIVE_PLAN & (c("age_census") >= 25) & (c("age_31_august") <= 24),
        note="26 and over is always an error of P05, so this is about those who became 25 since 1 September.",
    ),
    _rule(
        id="P07",
        severity=QUERY,
        title="Postcode is there",
        message="The postcode is missing.",
        action="Fill in the home postcode, or explain why there is none.",
        fields=("PostCode",),
        basis=documented(GUIDE),
        when=missing("postcode"),
    ),
    _rule(
        id="P08",
        severity=ERROR,
        title="Postcode has the form of one",
        message="The postcode {PostCode} does not have the form of one.",
        action="Correct the postcode; it looks like AB1 2CD.",
        fields=("PostCode",),
        basis=inferred("Form of United Kingdom postcodes (BS 7666)"),
        when=~c("postcode").str.contains(_POSTCODE),
        note="Capitals and the space are not insisted on.",
    ),
    _rule(
        id="P23",
        severity=QUERY,
        title="A person appears once",
        message="Another person in the file has the same name, date of birth and postcode.",
        action="If they are one person, put all the requests under one Person.",
        fields=("Surname", "Forename", "PersonBirthDate", "PostCode"),
        basis=inferred(COLLECT),
        when=c("is_person_repeated"),
        note="Capitals and spaces are not compared. Two people with no postcode are compared on the rest.",
    ),
    _rule(
        id="P24",
        severity=ERROR,
        title="A person has a request",
        message="The person has no request.",
        action="Add the request that brought the person into the return; one decided before the period has outcome H.",
        fields=("Requests",),
        basis=documented(OPEN_READER),
        when=c("n_requests") == 0,
        counts=("requests",),
    ),
)
