"""The SEN2 person-level return as data: tables, items, their names in XML and Blade, and editions.

Sources: DfE SEN2 guides and technical specifications 2023 to 2026 (item numbers), read through
public XSDs and the column names of the COLLECT Blade export. The case of ``SENSetting`` and
``SENunitIndicator`` differs between sources, so readers match names without regard to case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "date", "datetime", "flag", "code", "integer"]

EDITIONS: Final = (2023, 2024, 2025, 2026)
"""Editions that can be read."""

WRITABLE: Final = EDITIONS
"""Editions that can be written as XML. 2023 is written for the example area only: its return is closed."""


@dataclass(frozen=True, slots=True)
class Item:
    """One data item of a table.

    ``name`` is our column name; ``xml`` and ``blade`` are the publisher's. ``first`` and
    ``last`` are the editions that hold the item in this table. ``number`` is the guide's
    item number (2025 numbering).
    """

    name: str
    xml: str
    kind: Kind
    number: str = ""
    first: int = EDITIONS[0]
    last: int = EDITIONS[-1]

    @property
    def blade(self) -> str:
        """Column name in the Blade export."""
        return self.xml.lower()

    def in_edition(self, edition: int) -> bool:
        """Whether the item belongs to an edition."""
        return self.first <= edition <= self.last


@dataclass(frozen=True, slots=True)
class Table:
    """One of the nine tables. ``xml`` is its element, ``parent`` the table it stands under.

    ``row`` columns: every frame of a return has ``row`` (its own number in the file, from 0,
    in file order), ``<parent>_row`` and ``line`` (line in the file, 0 when not known).
    """

    name: str
    xml: str
    parent: str | None
    items: tuple[Item, ...]

    def columns(self, edition: int) -> tuple[Item, ...]:
        """Items of an edition, in XML order."""
        return tuple(item for item in self.items if item.in_edition(edition))


def _setting(prefix: str) -> tuple[Item, ...]:
    return (
        Item("urn", "URN", "text", f"{prefix}a"),
        Item("ukprn", "UKPRN", "text", f"{prefix}b"),
        Item("sen_setting", "SENSetting", "code", f"{prefix}c"),
        Item("sen_setting_other", "SENSettingOther", "text", f"{prefix}c(i)"),
        Item("placement_rank", "PlacementRank", "integer", f"{prefix}d"),
    )


TABLES: Final[tuple[Table, ...]] = (
    Table("sen2", "Header", None, (
        Item("collection", "Collection", "text"),
        Item("year", "Year", "integer"),
        Item("reference_date", "ReferenceDate", "date"),
        Item("source_level", "SourceLevel", "text"),
        Item("lea", "LEA", "text"),
        Item("software_code", "SoftwareCode", "text"),
        Item("release", "Release", "text"),
        Item("serial_no", "SerialNo", "text"),
        Item("date_time", "DateTime", "datetime"),
        Item("dmo", "DMO", "code"),
        Item("dco", "DCO", "code"),
        Item("dsco", "DSCO", "code", first=2025),
    )),
    Table("person", "Person", "sen2", (
        Item("surname", "Surname", "text", "1.1"),
        Item("forename", "Forename", "text", "1.2"),
        Item("birth_date", "PersonBirthDate", "date", "1.3"),
        Item("gender_current", "GenderCurrent", "code", "1.4", last=2023),
        Item("sex", "Sex", "code", "1.4", first=2024),
        Item("ethnicity", "Ethnicity", "code", "1.5"),
        Item("postcode", "PostCode", "text", "1.6"),
        Item("upn", "UPN", "text", "1.7a"),
        Item("uln", "UniqueLearnerNumber", "text", "1.7b"),
        Item("upn_unknown", "UPNunknown", "code", "1.7c"),
    )),
    Table("requests", "Requests", "person", (
        Item("received_date", "ReceivedDate", "date", "2.1"),
        Item("request_source", "RequestSource", "code", "2.2", first=2025),
        Item("rya", "RYA", "flag", "2.3"),
        Item("request_outcome_date", "RequestOutcomeDate", "date", "2.4"),
        Item("request_outcome", "RequestOutcome", "code", "2.5"),
        Item("request_mediation", "RequestMediation", "flag", "2.6"),
        Item("request_tribunal", "RequestTribunal", "flag", "2.7"),
        Item("exported", "Exported", "code", "2.8"),
    )),
    Table("assessment", "Assessment", "requests", (
        Item("assessment_outcome", "AssessmentOutcome", "code", "3.1"),
        Item("assessment_outcome_date", "AssessmentOutcomeDate", "date", "3.2"),
        Item("assessment_mediation", "AssessmentMediation", "flag", "3.3"),
        Item("assessment_tribunal", "AssessmentTribunal", "flag", "3.4"),
        Item("other_mediation", "OtherMediation", "flag", "3.5"),
        Item("other_tribunal", "OtherTribunal", "flag", "3.6"),
        Item("week20", "Week20", "flag", "3.7"),
    )),
    Table("namedplan", "NamedPlan", "assessment", (
        Item("start_date", "StartDate", "date", "4.1"),
        Item("plan_res", "PlanRes", "code", "4.2"),
        Item("plan_wbp", "PlanWBP", "code", "4.3"),
        Item("pb", "PB", "flag", "4.4a"),
        Item("oa", "OA", "flag", "4.4b"),
        Item("dp", "DP", "code", "4.4c"),
        Item("cease_date", "CeaseDate", "date", "4.5"),
        Item("cease_reason", "CeaseReason", "code", "4.6"),
    )),
    Table("plandetail", "PlanDetail", "namedplan", (
        *_setting("4.7"),
        Item("sen_unit_indicator", "SENunitIndicator", "flag", "4.7e"),
        Item("resourced_provision_indicator", "ResourcedProvisionIndicator", "flag", "4.7f"),
    )),
    Table("activeplans", "ActivePlans", "requests", (
        Item("transfer_la", "TransferLA", "code", "5.1"),
        Item("res", "Res", "code", "5.2", last=2023),
        Item("wbp", "WBP", "code", "5.3", last=2023),
        Item("review_meeting", "ReviewMeeting", "date", "5.4a", first=2024),
        Item("review_outcome", "ReviewOutcome", "code", "5.4c", first=2024),
        Item("review_draft", "ReviewDraft", "date", "5.4d", first=2025),
        Item("phase_transfer_due_date", "PhaseTransferDueDate", "date", "5.6a", first=2025),
        Item("phase_transfer_final_date", "PhaseTransferFinalDate", "date", "5.6b", first=2025),
        Item("last_review", "LastReview", "date", "5.4b"),
    )),
    Table("placementdetail", "PlacementDetail", "activeplans", (
        *_setting("5.7"),
        Item("entry_date", "EntryDate", "date", "5.7e"),
        Item("leaving_date", "LeavingDate", "date", "5.7f"),
        Item("attendance_pattern", "AttendancePattern", "code", "5.5g (2023)", last=2023),
        Item("sen_unit_indicator", "SENunitIndicator", "flag", "5.7g"),
        Item("resourced_provision_indicator", "ResourcedProvisionIndicator", "flag", "5.7h"),
        Item("res", "Res", "code", "5.2", first=2024),
        Item("wbp", "WBP", "code", "5.3", first=2024),
    )),
    Table("senneed", "SENneed", "activeplans", (
        Item("sen_type", "SENtype", "code", "5.8a"),
        Item("sen_type_rank", "SENtypeRank", "integer", "5.8b"),
    )),
)  # fmt: skip
"""The nine tables, parents before children. Table names are those of the Blade export."""

BY_NAME: Final[dict[str, Table]] = {table.name: table for table in TABLES}
"""Table name to table."""
