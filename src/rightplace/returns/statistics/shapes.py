"""Every published file the project can read, as data: one row for each generation of each file.

Column names are the publisher's, misspellings kept. Sources: the Department for Education's data guidance for
"Education, health and care plans" (2022 and 2025), the Office for National Statistics, and the departments named in each row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rightplace.returns.statistics.shape import Clock, Series, Shape, Unpublished
from rightplace.vocabulary.need import PUBLISHED_SUFFIX, Need
from rightplace.vocabulary.setting import PUBLISHED_COLUMN_KIND, SettingKind

_SEN2: Final = "Department for Education, Education, health and care plans"
_PLACE: Final = ("time_period", "geographic_level", "old_la_code")
_BROKEN_DOWN: Final = (*_PLACE, "breakdown_topic", "breakdown")
_ALL_PLANS: Final = "all ehc plans"
_NEW_PLANS: Final = "(all )?new ehc plans|all ehc plans"
_REQUESTS: Final = "all requests for (an )?ehc needs assessments?"
_AGE: Final = "child or young persons age"
_AGE_THEN: Final = "child or young persons age|age (at|on|when) .*(request|assessment).*"
_AGE_STARTED: Final = "age (when plan started|on plan start date)"
_PLACEMENT: Final = "type of placement"
_LATER_SETTINGS: Final = {
    "special_academy": SettingKind.SPECIAL_STATE,
    "special_free_school": SettingKind.SPECIAL_STATE,
    "await_prov": SettingKind.NOT_IN_EDUCATION,
    "perm_ex": SettingKind.NOT_IN_EDUCATION,
}
"""Columns that the release of 2026 has in place of others: special academies apart from special free schools."""
_LATER_NEEDS: Final = {"number_ds": Need.DS}
"""Column that the release of 2026 adds; it is not filled for earlier years."""


def _by_kind() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for column, kind in (PUBLISHED_COLUMN_KIND | _LATER_SETTINGS).items():
        kinds[kind.value] = (*kinds.get(kind.value, ()), column)
    return kinds


SETTINGS: Final[Mapping[str, tuple[str, ...]]] = _by_kind()
"""Setting kind to the columns of the caseload and new-plans files that count it. The columns do not overlap: a resourced
provision or SEN unit is not also in the column of its school, as England's totals show."""

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    **{need.value: (f"number_{end}",) for end, need in PUBLISHED_SUFFIX.items()},
    **{need.value: (column,) for column, need in _LATER_NEEDS.items()},
}
"""Need to the column of the primary-need files that counts it. Down syndrome is inside "other" to January 2025."""


def _counts(measure: str, column: str, topics: str, rows: str = "total") -> Series:
    return Series(measure=measure, topics=topics, rows=rows, cells={"": (column,)})


def _settings(measure: str, total: str, topics: str, rows: str = "total") -> Series:
    return Series(measure=measure, topics=topics, rows=rows, across="setting", cells=SETTINGS, adds_up_to=total)


def _needs(measure: str, topics: str, rows: str = "total") -> Series:
    return Series(measure=measure, topics=topics, rows=rows, across="need", cells=NEEDS, adds_up_to="ehc_plans")


def _ceased(measure: str, column: str) -> tuple[Series, ...]:
    return (
        _counts(measure, column, "all ceased ehc plans"),
        _counts(measure, column, "age (when )?plan ceased", "age"),
        _counts(measure, column, _PLACEMENT, "setting"),
    )


_ELSEWHERE: Final = (
    "elective_home_education", "other_arrangements_la", "other_arrangements_parents", "online_provider", "w_settings",
    "other_schools", "other_placement_settings", "neet", "neet_ntci", "neet_other", "neet_other_csa",
)  # fmt: skip
"""The columns of those "educated elsewhere", from 2022 on."""

EHC_PLANS_2025: Final = (
    Shape(
        kind="caseload",
        title="EHC plans in place in January",
        source=_SEN2,
        generation=2025,
        names=(r"caseload.*", r".*education-health-and-care-plans.*caseload.*"),
        required=(*_BROKEN_DOWN, "ehcplans", "mainstream_la_maintained"),
        clock=Clock.JANUARY,
        label_column="breakdown",
        topic_column="breakdown_topic",
        series=(
            _counts("plans", "ehcplans", _ALL_PLANS),
            _settings("plans", "ehcplans", _ALL_PLANS),
            _counts("plans", "ehcplans", _AGE, "age"),
            _settings("plans", "ehcplans", _AGE, "age"),
        ),
    ),
    Shape(
        kind="newplans",
        title="new EHC plans in a calendar year",
        source=_SEN2,
        generation=2025,
        names=(r"new_?plans.*", r".*new-ehc-plans.*"),
        required=(*_BROKEN_DOWN, "new_ehc_plans", "mainstream_la_maintained"),
        clock=Clock.CALENDAR_YEAR,
        label_column="breakdown",
        topic_column="breakdown_topic",
        # To 2021 the file has no number for those not in education; later, none for some rare settings.
        unpublished=(
            Unpublished(
                last_year=2021,
                setting=SettingKind.NOT_IN_EDUCATION.value,
                group="ed_elsewhere",
                parts=("elective_home_education", "other_arrangements_la", "other_arrangements_parents"),
            ),
            Unpublished(first_year=2022, setting=SettingKind.OTHER.value, group="ed_elsewhere", parts=_ELSEWHERE),
        ),
        series=(
            _counts("new_plans", "new_ehc_plans", _NEW_PLANS),
            _settings("new_plans", "new_ehc_plans", _NEW_PLANS),
            _counts("new_plans", "new_ehc_plans", _AGE_STARTED, "age"),
            _settings("new_plans", "new_ehc_plans", _AGE_STARTED, "age"),
        ),
    ),
    Shape(
        kind="ceased_plans",
        title="EHC plans ceased in a calendar year",
        source=_SEN2,
        generation=2025,
        names=(r"ceased_?plans.*",),
        required=(*_BROKEN_DOWN, "total_ceased", "transfer"),
        clock=Clock.CALENDAR_YEAR,
        label_column="breakdown",
        topic_column="breakdown_topic",
        series=(*_ceased("ceased_plans", "total_ceased"), *_ceased("transferred_out", "transfer")),
    ),
    Shape(
        kind="sen_needs_all_plans",
        title="EHC plans in place in January by primary need",
        source=_SEN2,
        generation=2025,
        names=(r"sen_needs?_all_?plans.*",),
        required=(*_BROKEN_DOWN, "ehc_plans", "number_asd"),
        clock=Clock.JANUARY,
        label_column="breakdown",
        topic_column="breakdown_topic",
        series=(_needs("plans", _ALL_PLANS), _needs("plans", _AGE, "age"), _needs("plans", _PLACEMENT, "setting")),
    ),
    Shape(
        kind="sen_need_newplans",
        title="new EHC plans in a calendar year by primary need",
        source=_SEN2,
        generation=2025,
        names=(r"sen_needs?_new_?plans.*",),
        required=(*_BROKEN_DOWN, "ehc_plans", "number_asd"),
        clock=Clock.CALENDAR_YEAR,
        label_column="breakdown",
        topic_column="breakdown_topic",
        series=(
            _needs("new_plans", _NEW_PLANS),
            _needs("new_plans", _AGE_STARTED, "age"),
            _needs("new_plans", _PLACEMENT, "setting"),
        ),
    ),
    Shape(
        kind="requests",
        title="requests for an EHC needs assessment",
        source=_SEN2,
        generation=2025,
        names=(r"requests.*",),
        required=(*_BROKEN_DOWN, "requests_received_in_year", "requests_decided_not_to_assess"),
        clock=Clock.CALENDAR_YEAR,
        label_column="breakdown",
        topic_column="breakdown_topic",
        series=tuple(
            _counts(measure, column, topics, rows)
            for measure, column in (
                ("requests", "requests_received_in_year"),
                ("refused", "requests_decided_not_to_assess"),
            )
            for topics, rows in ((_REQUESTS, "total"), (_AGE_THEN, "age"))
        ),
    ),
    Shape(
        kind="assessments",
        title="EHC needs assessments completed",
        source=_SEN2,
        generation=2025,
        names=(r"assessments.*",),
        required=(*_BROKEN_DOWN, "assess_in_year", "assess_issued", "assess_not_issued"),
        clock=Clock.CALENDAR_YEAR,
        label_column="breakdown",
        topic_column="breakdown_topic",
        series=(
            _counts("assessed", "assess_in_year", "all ehc needs assessments"),
            # Before 2022 there is no total: it is the plans issued and the decisions not to issue one.
            Series(
                measure="assessed",
                topics="all ehc needs assessments",
                cells={"": ("assess_issued", "assess_not_issued")},
            ),
            _counts("assessed", "assess_in_year", _AGE_THEN, "age"),
        ),
    ),
)
"""The files of the release of 2025 (person-level collection, from 2023; totals from 2019)."""


def _bands(measure: str, column: str) -> tuple[Series, ...]:
    return (_counts(measure, column, "total"), _counts(measure, column, "", "age_band"))


EHC_PLANS_2022: Final = (
    Shape(
        kind="sen2_age_caseload",
        title="statements and EHC plans in January by age band",
        source=_SEN2,
        generation=2022,
        names=(r"(.*_)?sen2_age_caseload.*",),
        required=(*_PLACE, "characteristic_age", "Total_all", "Total_ehc"),
        clock=Clock.JANUARY,
        label_column="characteristic_age",
        topic_column="characteristic_age",
        series=_bands("plans", "Total_all"),
    ),
    Shape(
        kind="sen2_age_new_plans",
        title="new statements and EHC plans by age band",
        source=_SEN2,
        generation=2022,
        names=(r"(.*_)?sen2_age_new_plans.*",),
        required=(*_PLACE, "characteristic_age", "Total_new_all", "Total_new_ehc"),
        clock=Clock.CALENDAR_YEAR,
        label_column="characteristic_age",
        topic_column="characteristic_age",
        series=_bands("new_plans", "Total_new_all"),
    ),
    Shape(
        kind="sen2_estab_caseload",
        title="statements and EHC plans in January by establishment",
        source=_SEN2,
        generation=2022,
        names=(r"(.*_)?sen2_estab_caseload.*",),
        required=(*_PLACE, "establishment_type", "establishment_group", "Total_all"),
        clock=Clock.JANUARY,
        label_column="establishment_type",
        series=(_counts("plans", "Total_all", "", "setting"),),
    ),
    Shape(
        kind="sen2_estab_new_plans",
        title="new statements and EHC plans by establishment",
        source=_SEN2,
        generation=2022,
        names=(r"(.*_)?sen2_estab_new_plans.*",),
        required=(*_PLACE, "establishment_type", "establishment_group", "Total_new_all"),
        clock=Clock.CALENDAR_YEAR,
        label_column="establishment_type",
        series=(_counts("new_plans", "Total_new_all", "", "setting"),),
    ),
    Shape(
        kind="sen2_mi",
        title="requests, assessments and refusals to 2022",
        source=_SEN2,
        generation=2022,
        names=(r"(.*_)?sen2_mi.*",),
        required=(*_PLACE, "inreq_ehc", "ass_refused_ehc", "new_all_ehc"),
        clock=Clock.CALENDAR_YEAR,
        series=(
            _counts("requests", "inreq_ehc", ""),
            _counts("refused", "ass_refused_ehc", ""),
            _counts("assessed", "assessments", ""),
            _counts("assessed", "new_all_ehc_ass_none_ehc_sum", ""),
        ),
    ),
)
"""The files of the release of 2022: an aggregate return from each authority, January 2010 to January 2022."""

POPULATION: Final = (
    Shape(
        kind="population_single_year",
        title="mid-year population estimates by single year of age, upper-tier authorities",
        source="Office for National Statistics, mid-year population estimates",
        names=(r"mye_single_year.*",),
        required=("year", "code", "age", "population"),
        clock=Clock.MID_YEAR,
    ),
    Shape(
        kind="population_0_17",
        title="mid-year population estimates, children aged 0 to 17",
        source="Office for National Statistics, mid-year population estimates (Department for Education copy)",
        names=(r"mye_0_17.*", r"ons_mid-year_population.*"),
        required=("time_period", "geographic_level", "new_la_code", "population_estimate", "age_group"),
        clock=Clock.MID_YEAR,
    ),
    Shape(
        kind="population_projection",
        title="subnational population projections by single year of age",
        source="Office for National Statistics, subnational population projections",
        names=(r"snpp.*", r".*snpp.*persons.*"),
        required=("AREA_CODE", "COMPONENT", "SEX", "AGE_GROUP"),
        clock=Clock.MID_YEAR,
    ),
)

PLACES: Final = (
    Shape(
        kind="neighbours",
        title="statistical neighbours",
        source="Department for Education, children's services statistical neighbour model (2025)",
        generation=2025,
        names=(r"statistical_neighbours.*", r"sn_model.*"),
        required=("old_la_code", "SN_1", "SN_10", "SN_1P"),
    ),
    Shape(
        kind="neighbours",
        title="statistical neighbours",
        source="Department for Education, children's services statistical neighbour model (April 2021)",
        generation=2021,
        names=(r"statistical_neighbours.*", r"new_statistical_neighbour.*"),
        required=("LA num", "SN1", "SN10", "SNP1"),
    ),
    Shape(
        kind="neighbourhoods",
        title="lower-layer super output areas with deprivation and children",
        source="Ministry of Housing, Communities and Local Government, Indices of Deprivation 2025; Office for National Statistics, Census 2021",
        generation=2025,
        names=(r"lsoa21.*",),
        required=(
            "lsoa21cd",
            "lsoa21nm",
            "easting",
            "northing",
            "IMD_decile",
            "population",
            "pct_0_4",
            "pct_5_11",
            "pct_12_17",
            "pct_18_24",
        ),
    ),
)

FINANCE: Final = (
    Shape(
        kind="dsg_allocations",
        title="dedicated schools grant allocations",
        source="Department for Education, Dedicated schools grant",
        names=(r"dsg_allocations.*",),
        required=("financial_year", "la_code", "la_name", "High needs block (£s)"),
        clock=Clock.FINANCIAL_YEAR,
    ),
    Shape(
        kind="dsg_places",
        title="high needs places funded directly, by provider",
        source="Department for Education, Dedicated schools grant",
        names=(r"dsg_high_needs_places.*",),
        required=("financial_year", "la_code", "la_name", "provider_group", "place_type", "measure", "value"),
        clock=Clock.FINANCIAL_YEAR,
    ),
    Shape(
        kind="high_needs_spending",
        title="high needs budget and outturn lines, 2021-22",
        source="Department for Education, High needs benchmarking tool (section 251)",
        names=(r"high_needs_benchmarking.*",),
        required=("LA code", "LA name", "S251 budget 2021-22: Place funding", "S251 outturn 2021-22: Place funding"),
    ),
)

CAPACITY: Final = (
    Shape(
        kind="special_capacity",
        title="special schools and their capacity, by authority",
        source="Department for Education, Get Information about Schools",
        names=(r"special_school_capacity.*",),
        required=(
            "la_code",
            "n_state_special_schools",
            "state_special_capacity",
            "n_indep_special_schools",
            "indep_special_sector_capacity",
        ),
    ),
    Shape(
        kind="scorecards",
        title="local authority school places scorecards",
        source="Department for Education, School places scorecards",
        names=(r"la_school_places_scorecards.*", r"scorecard_data.*"),
        required=("Year", "LANumber", "PriNOR", "SecNOR", "PriCap", "SecCap"),
    ),
    Shape(
        kind="scap_schools",
        title="school capacity survey: resourced provision and SEN units in mainstream schools",
        source="Department for Education, School capacity",
        names=(r"school-?_?capacity.*school.*",),
        required=("resourced_provision_capacity", "primary_SEND_unit_capacity", "secondary_SEND_unit_capacity"),
        clock=Clock.JANUARY,
    ),
    Shape(
        kind="scap_forecasts",
        title="school capacity survey: forecasts of pupils who need a specialist place",
        source="Department for Education, School capacity",
        names=(r"school-?_?capacity.*forecast.*",),
        required=("time_period", "geographic_level", "education_phase"),
        by_name=True,
        clock=Clock.JANUARY,
    ),
)

SHAPES: Final[tuple[Shape, ...]] = (
    *EHC_PLANS_2025, *EHC_PLANS_2022, *POPULATION, *PLACES, *FINANCE, *CAPACITY,
)  # fmt: skip
"""Every shape of published statistic. Registers of schools have theirs in :mod:`rightplace.returns.gias`."""

KINDS: Final[Mapping[str, tuple[Shape, ...]]] = {
    kind: tuple(shape for shape in SHAPES if shape.kind == kind) for kind in dict.fromkeys(s.kind for s in SHAPES)
}
"""Kind of file to its shapes."""
