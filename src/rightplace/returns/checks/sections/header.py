"""Rules on the file and its header."""

from __future__ import annotations

from functools import partial
from typing import Final

import polars as pl

from rightplace.returns.checks import terms
from rightplace.returns.checks.frames import Frames
from rightplace.returns.checks.rule import ADVICE, ERROR, WHOLE, Rule, documented, inferred
from rightplace.returns.checks.sources import CENSUS_DAY, GUIDE, MEANING, SCHOOL_CENSUS_CHARACTERS
from rightplace.returns.checks.terms import as_returned, c, missing, missing_or_not_one_of
from rightplace.returns.sen2.layout import EDITIONS, TABLES
from rightplace.vocabulary import authority
from rightplace.vocabulary.codes import OfficerPost

_rule = partial(Rule, table="sen2")

_STRANGE: Final = r"[\x00-\x1f\x7f\x{FFFD}]"


def _headers(frames: Frames) -> pl.DataFrame:
    found = frames["sen2"].height
    return pl.DataFrame({"value": [] if found == 1 else [str(found)]}, schema={"value": pl.String})


def _nobody(frames: Frames) -> pl.DataFrame:
    return pl.DataFrame({"value": [] if frames["person"].height else ["0"]}, schema={"value": pl.String})


def _items_of_other_editions(frames: Frames) -> pl.DataFrame:
    found = []
    for table in TABLES:
        frame = frames[table.name]
        for item in table.items:
            if item.in_edition(frames.edition):
                continue
            rows = frame.filter(terms.given(item.name))["row"]
            if len(rows):
                value = f"{item.xml}, in {len(rows):,} {table.xml} {'record' if len(rows) == 1 else 'records'}"
                found.append((table.name, rows[0], item.xml, value))
    return pl.DataFrame(
        found, schema={"table": pl.String, "row": pl.UInt32, "fields": pl.String, "value": pl.String}, orient="row"
    )


def _unknown_authority() -> pl.Expr:
    in_force = [(c("edition") == edition) & c("lea").is_in(authority.current(edition)) for edition in EDITIONS]
    return c("lea").is_null() | ~pl.any_horizontal(*in_force, c("lea").is_in(list(authority.MADE_UP)))


RULES: Final = (
    _rule(
        id="H01",
        table=WHOLE,
        severity=ERROR,
        title="One header",
        message="The file has {value} headers; it must have one.",
        action="Put one Header before Persons, under Message.",
        fields=("Header",),
        basis=documented(GUIDE),
        over=_headers,
    ),
    _rule(
        id="H02",
        severity=ERROR,
        title="Collection is SEN2",
        message="Collection is {Collection}; it must be SEN2.",
        action="Write SEN2 in Collection, or check that this is the right file.",
        fields=("Collection",),
        basis=documented(GUIDE),
        when=missing_or_not_one_of("collection", ["SEN2"]),
    ),
    _rule(
        id="H03",
        severity=ERROR,
        title="Year is the edition's",
        message="Year is {Year}; it must be {edition}, and the year of ReferenceDate ({ReferenceDate}).",
        action="Write the year of the January census in Year and in ReferenceDate.",
        fields=("Year", "ReferenceDate"),
        basis=inferred(MEANING),
        when=missing("year") | (c("year") != c("edition")) | (c("year") != c("reference_date").dt.year()),
    ),
    _rule(
        id="H04",
        severity=ERROR,
        title="ReferenceDate is census day",
        message="ReferenceDate is {ReferenceDate}; it must be census day, {census_day}.",
        action="Write census day in ReferenceDate.",
        fields=("ReferenceDate",),
        basis=inferred(CENSUS_DAY),
        when=missing("reference_date") | (c("reference_date") != c("census_day")),
    ),
    _rule(
        id="H05",
        severity=ERROR,
        title="SourceLevel is L",
        message="SourceLevel is {SourceLevel}; it must be L.",
        action="Write L in SourceLevel: the return is a local authority's.",
        fields=("SourceLevel",),
        basis=documented(GUIDE),
        when=missing_or_not_one_of("source_level", ["L"]),
    ),
    _rule(
        id="H06",
        severity=ERROR,
        title="LEA is an authority's code",
        message="LEA is {LEA}; it must be the code of a local authority that exists in January {edition}.",
        action="Write the authority's three-digit DfE code in LEA.",
        fields=("LEA",),
        basis=documented(GUIDE),
        when=_unknown_authority(),
    ),
    _rule(
        id="H07",
        severity=ERROR,
        title="SerialNo is three digits",
        message="SerialNo is {SerialNo}; it must be three digits.",
        action="Write the serial number as three digits, as 001.",
        fields=("SerialNo",),
        basis=documented(GUIDE),
        when=missing("serial_no") | ~c("serial_no").str.contains(r"^[0-9]{3}$"),
    ),
    _rule(
        id="H08",
        severity=ERROR,
        title="DateTime is after census day",
        message="DateTime is {DateTime}; it must be there and not before census day ({census_day}).",
        action="Write the date and time the file was made in DateTime.",
        fields=("DateTime",),
        basis=inferred(GUIDE),
        when=missing("date_time") | (c("date_time").dt.date() < c("census_day")),
    ),
    _rule(
        id="H09",
        severity=ERROR,
        title="Medical and clinical officers are stated",
        message="DMO ({DMO}) and DCO ({DCO}) must each be Y, N or R.",
        action="State for each post whether it is filled (Y), not filled (N) or being recruited to (R).",
        fields=("DMO", "DCO"),
        basis=documented(GUIDE),
        when=missing_or_not_one_of("dmo", OfficerPost) | missing_or_not_one_of("dco", OfficerPost),
    ),
    _rule(
        id="H10",
        severity={2025: "advice", 2026: "error"},
        title="Social care officer is stated",
        message="DSCO is {DSCO}; it must be Y, N or R.",
        action="State whether the post is filled (Y), not filled (N) or being recruited to (R).",
        fields=("DSCO",),
        basis=documented(GUIDE),
        when=missing_or_not_one_of("dsco", OfficerPost),
        note="Voluntary in 2025.",
    ),
    _rule(
        id="H11",
        table=WHOLE,
        severity=ERROR,
        title="The return has people",
        message="The file has no Person.",
        action="Check that the extract ran for the right authority and year.",
        fields=("Persons",),
        basis=documented(GUIDE),
        over=_nobody,
        counts=("person",),
    ),
    _rule(
        id="H12",
        table="person",
        severity=ERROR,
        title="No damaged characters",
        message="A name or postcode holds a character that cannot be printed or was lost when the file was saved.",
        action="Type the name or postcode again, and save the file as UTF-8.",
        fields=("Surname", "Forename", "PostCode"),
        basis=inferred(SCHOOL_CENSUS_CHARACTERS),
        when=pl.any_horizontal(
            c(as_returned(name)).str.contains(_STRANGE) for name in ("surname", "forename", "postcode")
        ),
        note="A file that is not UTF-8, or not well formed, is reported by the reader.",
    ),
    _rule(
        id="H13",
        table=WHOLE,
        severity=ADVICE,
        title="Items of other editions",
        message="The {edition} edition does not have {value}.",
        action="Leave the item out; check that the file was made for the right edition.",
        fields=(),
        basis=inferred(GUIDE),
        over=_items_of_other_editions,
        note="One finding for each item, placed at the first record that has it.",
    ),
)
