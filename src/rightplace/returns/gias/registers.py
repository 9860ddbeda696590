"""The registers of schools the project can read, as data. Column names are the publisher's.

Sources: Department for Education, Get Information about Schools (GIAS), "all establishment data" extract; Compare school
and college performance, school information and census files, 2021/22. The meaning of a GIAS column follows GIAS's glossary.
"""

from __future__ import annotations

from typing import Final

from rightplace.returns.gias.register import Field, Reading, Register
from rightplace.returns.statistics.shape import Shape

_GIAS: Final = "Department for Education, Get Information about Schools"
_PERFORMANCE: Final = "Department for Education, Compare school and college performance, 2021/22"

EXTRACT: Final = Register(
    shape=Shape(
        kind="gias",
        title="register of schools, all establishment data",
        source=_GIAS,
        names=(r"edubasealldata\d*",),
        required=("URN", "LA (code)", "EstablishmentName", "TypeOfEstablishment (code)"),
    ),
    fields={
        "urn": Field(columns=("URN",), meaning="unique reference number, the key"),
        "ukprn": Field(columns=("UKPRN",), meaning="UK provider reference number, eight digits"),
        "name": Field(columns=("EstablishmentName",), meaning="name"),
        "la_code": Field(columns=("LA (code)",), meaning="authority the school stands in, not the pupils' own"),
        "type": Field(columns=("TypeOfEstablishment (code)",), reading=Reading.TYPE_CODE, meaning="type"),
        "status": Field(
            columns=("EstablishmentStatus (name)", "EstablishmentStatus (code)"),
            reading=Reading.STATUS,
            meaning="open or not",
        ),
        "phase": Field(columns=("PhaseOfEducation (name)",), meaning="phase"),
        "postcode": Field(columns=("Postcode",), meaning="postcode"),
        "easting": Field(columns=("Easting",), reading=Reading.METRES, meaning="metres, OSGB36"),
        "northing": Field(columns=("Northing",), reading=Reading.METRES, meaning="metres, OSGB36"),
        "low_age": Field(columns=("StatutoryLowAge",), reading=Reading.NUMBER, meaning="lowest age by law"),
        "high_age": Field(columns=("StatutoryHighAge",), reading=Reading.NUMBER, meaning="highest age by law"),
        "sex": Field(columns=("Gender (name)",), reading=Reading.SEX, meaning="whom it admits"),
        "capacity": Field(columns=("SchoolCapacity",), reading=Reading.PLACES, meaning="places in the whole school"),
        "roll": Field(columns=("NumberOfPupils",), reading=Reading.NUMBER, meaning="pupils at the last census"),
        "provision": Field(
            columns=("TypeOfResourcedProvision (name)",),
            reading=Reading.PROVISION,
            meaning="whether there is resourced provision, a SEN unit, both or neither",
        ),
        "resourced_capacity": Field(
            columns=("ResourcedProvisionCapacity",), reading=Reading.NUMBER, meaning="its places"
        ),
        "resourced_roll": Field(columns=("ResourcedProvisionOnRoll",), reading=Reading.NUMBER, meaning="its pupils"),
        "unit_capacity": Field(columns=("SenUnitCapacity",), reading=Reading.NUMBER, meaning="places in the SEN unit"),
        "unit_roll": Field(
            columns=("SenUnitOnRoll",), reading=Reading.NUMBER, meaning="pupils in it; may exceed its places"
        ),
        "trust": Field(columns=("Trusts (name)",), meaning="trust that runs it"),
        "open_date": Field(columns=("OpenDate",), reading=Reading.DATE, meaning="opened"),
        "close_date": Field(columns=("CloseDate",), reading=Reading.DATE, meaning="closed"),
        "section_41": Field(
            columns=("Section41Approved (name)",), reading=Reading.APPROVED, meaning="approved under section 41"
        ),
    },
    needs=tuple(f"SEN{number} (name)" for number in range(1, 14)),
)
"""``edubasealldataYYYYMMDD.csv``: every establishment there is or has been."""

SUBSET_2026: Final = Register(
    shape=Shape(
        kind="gias_subset",
        title="register of some mainstream schools, with places and trusts",
        source=_GIAS,
        names=(r"gias_mainstream_subset.*",),
        required=("URN", "LAId", "EstablishmentName", "TypeOfEstablishmentId", "TotalCapacity"),
        generation=2026,
    ),
    year=2026,
    fields={
        "urn": Field(columns=("URN",)),
        "ukprn": Field(columns=("UKPRN",)),
        "name": Field(columns=("EstablishmentName",)),
        "la_code": Field(columns=("LAId",)),
        "type": Field(columns=("TypeOfEstablishmentId",), reading=Reading.TYPE_CODE),
        "status": Field(columns=("EstablishmentStatusName",), reading=Reading.STATUS),
        "phase": Field(columns=("PhaseOfEducationName",)),
        "postcode": Field(columns=("Postcode",)),
        "easting": Field(columns=("Easting",), reading=Reading.METRES),
        "northing": Field(columns=("Northing",), reading=Reading.METRES),
        "low_age": Field(columns=("AgeRangeLow",), reading=Reading.NUMBER),
        "high_age": Field(columns=("AgeRangeHigh",), reading=Reading.NUMBER),
        "sex": Field(columns=("GenderName",), reading=Reading.SEX),
        "capacity": Field(columns=("TotalCapacity",), reading=Reading.PLACES),
        "roll": Field(columns=("TotalPupils",), reading=Reading.NUMBER),
        "provision": Field(columns=("ResourcedProvisionName",), reading=Reading.PROVISION),
        "trust": Field(columns=("TrustName",)),
    },
)

_SCHOOL_FILE: Final = {
    "urn": Field(columns=("URN",)),
    "name": Field(columns=("name_2026", "SCHNAME")),
    "la_code": Field(columns=("LA", "CENSUS_LA")),
    "type": Field(columns=("SCHOOLTYPE", "CENSUS_SCHOOLTYPE"), reading=Reading.TYPE_NAME),
    "status": Field(columns=("SCHSTATUS",), reading=Reading.STATUS),
    "postcode": Field(columns=("POSTCODE",)),
    "latitude": Field(columns=("lat",), reading=Reading.DEGREES),
    "longitude": Field(columns=("lon",), reading=Reading.DEGREES),
    "low_age": Field(columns=("AGELOW",), reading=Reading.NUMBER),
    "high_age": Field(columns=("AGEHIGH",), reading=Reading.NUMBER),
    "sex": Field(columns=("GENDER",), reading=Reading.SEX),
    "roll": Field(columns=("NOR",), reading=Reading.NUMBER),
    "open_date": Field(columns=("OPENDATE",), reading=Reading.DATE),
    "close_date": Field(columns=("CLOSEDATE",), reading=Reading.DATE),
}

SPECIAL_2022: Final = Register(
    shape=Shape(
        kind="special_schools",
        title="special schools and alternative provision, January 2022",
        source=_PERFORMANCE,
        names=(r"special_and_ap_schools.*",),
        required=("URN", "SCHNAME", "SCHOOLTYPE", "CENSUS_LA", "CENSUS_SCHOOLTYPE", "NOR", "lat", "lon"),
        generation=2022,
    ),
    year=2022,
    airy=True,
    fields=_SCHOOL_FILE,
)
MAINSTREAM_2022: Final = Register(
    shape=Shape(
        kind="mainstream_schools",
        title="mainstream schools and colleges, January 2022",
        source=_PERFORMANCE,
        names=(r"mainstream_schools.*",),
        required=("URN", "LA", "SCHNAME", "SCHOOLTYPE", "AGELOW", "AGEHIGH", "NOR", "TSENELSE", "MINORGROUP"),
        generation=2022,
    ),
    year=2022,
    airy=True,
    fields=_SCHOOL_FILE,
)

ONE_AUTHORITY: Final = Register(
    shape=Shape(
        kind="authority_schools",
        title="schools and colleges of one authority, with places",
        source=_GIAS,
        names=(r".*_gias_full",),
        required=("unique_reference_number", "local_authority_code", "type", "capacity", "resource_provision"),
        generation=2024,
    ),
    year=2024,
    fields={
        "urn": Field(columns=("unique_reference_number",)),
        "name": Field(columns=("name",)),
        "la_code": Field(columns=("local_authority_code",)),
        "type": Field(columns=("type",), reading=Reading.GROUP_NAME),
        "postcode": Field(columns=("postcode",)),
        "latitude": Field(columns=("lat",), reading=Reading.DEGREES),
        "longitude": Field(columns=("lon",), reading=Reading.DEGREES),
        "low_age": Field(columns=("lowest_admission_age",), reading=Reading.NUMBER),
        "high_age": Field(columns=("highest_admission_age",), reading=Reading.NUMBER),
        "sex": Field(columns=("gender",), reading=Reading.SEX),
        "capacity": Field(columns=("capacity",), reading=Reading.PLACES),
        "provision": Field(columns=("resource_provision",), reading=Reading.PROVISION),
        "trust": Field(columns=("sponsoring_trust",)),
    },
)

POINTS_2026: Final = Register(
    shape=Shape(
        kind="school_points",
        title="open schools as points, January 2026",
        source=_GIAS,
        names=(r"open_schools_points.*",),
        required=("URN", "name", "lat", "lon", "phase", "ofsted"),
        generation=2026,
    ),
    year=2026,
    airy=True,
    fields={
        "urn": Field(columns=("URN",)),
        "name": Field(columns=("name",)),
        "latitude": Field(columns=("lat",), reading=Reading.DEGREES),
        "longitude": Field(columns=("lon",), reading=Reading.DEGREES),
    },
)
"""Points only: which kind of school each is, and whose, is not in the file, so it serves to place settings others list."""

REGISTERS: Final[tuple[Register, ...]] = (
    EXTRACT,
    SUBSET_2026,
    SPECIAL_2022,
    MAINSTREAM_2022,
    ONE_AUTHORITY,
    POINTS_2026,
)
"""Every register, the one to believe first where two know a setting."""

LINKS: Final = Shape(
    kind="gias_links",
    title="links between establishments",
    source=_GIAS,
    names=(r"links_edubasealldata\d*", r"gias_links.*"),
    required=("URN", "LinkURN", "LinkType"),
)
