"""The layout against the columns of the Blade export of each edition, as public programs that read it list them.

Source: the column lists and version switches of witan.sen2 (files v1.1 for 2023, v1.2 for 2024, v1.3 for 2025). No 2026
export was seen; DfE changed no item between 2025 and 2026, so the same columns are expected.
"""

from __future__ import annotations

import pytest

from rightplace.returns.sen2.faults import FILE_RULES
from rightplace.returns.sen2.layout import BY_NAME, EDITIONS, TABLES

COLUMNS = {
    "sen2": "collection year referencedate sourcelevel lea softwarecode release serialno datetime dmo dco +dsco",
    "person": "surname forename personbirthdate -gendercurrent *sex ethnicity postcode upn uniquelearnernumber upnunknown",
    "requests": "receiveddate +requestsource rya requestoutcomedate requestoutcome requestmediation requesttribunal exported",
    "assessment": "assessmentoutcome assessmentoutcomedate assessmentmediation assessmenttribunal othermediation othertribunal"
    " week20",
    "namedplan": "startdate planres planwbp pb oa dp ceasedate ceasereason",
    "plandetail": "urn ukprn sensetting sensettingother placementrank senunitindicator resourcedprovisionindicator",
    "activeplans": "transferla -res -wbp *reviewmeeting *reviewoutcome +reviewdraft +phasetransferduedate"
    " +phasetransferfinaldate lastreview",
    "placementdetail": "urn ukprn sensetting sensettingother placementrank entrydate leavingdate -attendancepattern"
    " senunitindicator resourcedprovisionindicator *res *wbp",
    "senneed": "sentype sentyperank",
}
"""``-`` to 2023, ``*`` from 2024, ``+`` from 2025; all others in every edition."""

PARENTS = {
    "person": "sen2", "requests": "person", "assessment": "requests", "namedplan": "assessment",
    "plandetail": "namedplan", "activeplans": "requests", "placementdetail": "activeplans", "senneed": "activeplans",
}  # fmt: skip


def columns(table: str, edition: int) -> list[str]:
    there = {"-": edition <= 2023, "*": edition >= 2024, "+": edition >= 2025}
    return [name.lstrip("-*+") for name in COLUMNS[table].split() if there.get(name[0], True)]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("table", list(COLUMNS))
def test_items_of_each_edition(table: str, edition: int) -> None:
    assert [item.blade for item in BY_NAME[table].columns(edition)] == columns(table, edition)


def test_nine_tables_each_under_its_parent() -> None:
    assert {table.name: table.parent for table in TABLES if table.parent} == PARENTS
    names = [table.name for table in TABLES]
    assert all(names.index(str(table.parent)) < names.index(table.name) for table in TABLES if table.parent)


def test_no_table_has_a_name_twice() -> None:
    for table in TABLES:
        for names in ([item.name for item in table.items], [item.blade for item in table.items]):
            assert len(set(names)) == len(names)
        below = {other.xml.lower() for other in TABLES if other.parent == table.name}
        assert not below & {item.blade for item in table.items}


def test_rules_of_the_reader_are_told_apart() -> None:
    assert all(name == rule.id and rule.title for name, rule in FILE_RULES.items())
    assert {rule.basis for rule in FILE_RULES.values()} <= {"documented", "inferred"}
