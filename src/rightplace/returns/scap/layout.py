"""Columns of the sheet, and how far each is known to be what the survey asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GUIDE: Final = (
    "Department for Education, School capacity (SCAP) survey 2026: guide for local authorities, section 1, "
    "https://www.gov.uk/government/publications/how-to-complete-the-scap-survey-guide-for-local-authorities"
)
TEMPLATE: Final = (
    "not read: the department's template, and Forecasting demand for SEND provision for SCAP, "
    "https://www.gov.uk/government/publications/forecasting-demand-for-send-provision-for-scap-guidance-for-local-authorities"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the sheet; ``verified`` is False where its place in the department's template was not seen."""

    name: str
    meaning: str
    verified: bool
    source: str


FIRST_COLUMNS: Final = (
    Column(name="la_code", meaning="the authority's three-digit code", verified=False, source=TEMPLATE),
    Column(name="la_name", meaning="the authority's name", verified=False, source=TEMPLATE),
    Column(name="phase", meaning="primary (5 years ahead) or secondary (7 years ahead)", verified=True, source=GUIDE),
    Column(
        name="provision",
        meaning="special school, SEN unit, resourced provision, alternative provision, or independent or non-maintained special; "
        "whether the survey wants them apart or together was not seen",
        verified=False,
        source=TEMPLATE,
    ),
    Column(
        name="academic_year",
        meaning="academic year forecast; pupils are those of its January",
        verified=True,
        source=GUIDE,
    ),
)
"""Columns before the year groups."""

YEAR_GROUPS: Final = {0: "reception", **{group: f"year_{group}" for group in range(1, 15)}}
"""Year group to its column."""
_OLDEST_OF_SCHOOL: Final = 11

COLUMNS: Final = (
    *FIRST_COLUMNS,
    *(
        Column(
            name=name,
            meaning="pupils with an EHC plan, living in the area, expected to need a specialist place"
            + ("; whether the survey wants years 12 to 14 was not seen" if group > _OLDEST_OF_SCHOOL else ""),
            verified=False,
            source=TEMPLATE,
        )
        for group, name in YEAR_GROUPS.items()
    ),
    Column(name="total", meaning="the sum of the row", verified=False, source=TEMPLATE),
)
"""Every column, in order."""
