"""The documented structure of each edition, written out by hand: read item by item, and written in the same order.

Sources: DfE's guides to the person-level SEN2 return 2023 to 2026 for items and codes; for element names, order and
what changed when, the public schema drafts in liia-tools-pipeline and the change notes of witan.sen2. People, places
and numbers are made up here; 001 is no authority and URNs 999xxx no settings.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.xml_reader import read_stream
from rightplace.returns.sen2.xml_writer import write_xml

HEADER = """<Message>
  <Header>
    <CollectionDetails><Collection>SEN2</Collection><Year>{year}</Year><ReferenceDate>{day}</ReferenceDate></CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>330</LEA><SoftwareCode>HandMade</SoftwareCode><Release>2.0</Release>
      <SerialNo>004</SerialNo><DateTime>{year}-03-01T16:45:10</DateTime><DMO>Y</DMO><DCO>R</DCO>{dsco}</Source>
  </Header>
  <Persons>"""

NEW_PLAN = """
  <Person><Surname>Larkspur</Surname><Forename>Odalys</Forename><PersonBirthDate>2018-10-02</PersonBirthDate>{sex}
    <Ethnicity>MWBA</Ethnicity><PostCode>ZZ9 8ZZ</PostCode><UPN>X</UPN>
    <Requests><ReceivedDate>{last}-01-09</ReceivedDate>{source}<RYA>0</RYA><RequestOutcomeDate>{last}-02-18</RequestOutcomeDate>
      <RequestOutcome>Y</RequestOutcome><RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>
      <Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>{last}-05-27</AssessmentOutcomeDate>
        <AssessmentMediation>0</AssessmentMediation><AssessmentTribunal>0</AssessmentTribunal>
        <OtherMediation>1</OtherMediation><OtherTribunal>0</OtherTribunal><Week20>0</Week20>
        <NamedPlan><StartDate>{last}-05-27</StartDate>
          <PlanDetail><URN>999101</URN><PlacementRank>1</PlacementRank><SENunitIndicator>1</SENunitIndicator>
            <ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlanDetail>
          <PlanDetail><SENSetting>OTH</SENSetting><SENSettingOther>Tuition</SENSettingOther><PlacementRank>2</PlacementRank></PlanDetail>
          <PlanRes>B</PlanRes><PlanWBP>A</PlanWBP><PB>1</PB><OA>1</OA><DP>I</DP></NamedPlan></Assessment>
      {active}</Requests></Person>"""

OTHERS = """
  <Person><Surname>Thistlewood</Surname><Forename>Corin</Forename><PersonBirthDate>2004-07-19</PersonBirthDate>{sex}
    <Ethnicity>REFU</Ethnicity><UniqueLearnerNumber>9000000024</UniqueLearnerNumber>
    <Requests><RequestOutcome>H</RequestOutcome>
      <Assessment><AssessmentOutcome>H</AssessmentOutcome>
        <NamedPlan><StartDate>2016-04-11</StartDate><PlanDetail><UKPRN>10088888</UKPRN><PlacementRank>1</PlacementRank></PlanDetail>
          <PB>0</PB><OA>0</OA><CeaseDate>{last}-08-31</CeaseDate><CeaseReason>3</CeaseReason></NamedPlan></Assessment></Requests></Person>
  <Person><Surname>Wren</Surname><Forename>Tamsin</Forename><PersonBirthDate>2020-12-24</PersonBirthDate>{sex}
    <Ethnicity>NOBT</Ethnicity><PostCode>ZZ1 2ZZ</PostCode><UPNunknown>UN1</UPNunknown>
    <Requests><ReceivedDate>{last}-03-03</ReceivedDate>{source}<RYA>0</RYA><RequestOutcomeDate>{last}-04-02</RequestOutcomeDate>
      <RequestOutcome>N</RequestOutcome><RequestMediation>1</RequestMediation><RequestTribunal>1</RequestTribunal></Requests>
    <Requests><ReceivedDate>{last}-10-10</ReceivedDate>{source}<RYA>0</RYA><RequestOutcome>A</RequestOutcome><Exported>331</Exported></Requests>
  </Person>
  </Persons>
</Message>
"""

PLACEMENT = """<PlacementDetail><URN>999101</URN><PlacementRank>1</PlacementRank><EntryDate>{last}-09-04</EntryDate>
        <LeavingDate>{last}-12-19</LeavingDate>{attendance}<SENunitIndicator>1</SENunitIndicator>
        <ResourcedProvisionIndicator>0</ResourcedProvisionIndicator>{placed}</PlacementDetail>
      <PlacementDetail><SENSetting>EHE</SENSetting><PlacementRank>2</PlacementRank><EntryDate>{last}-12-20</EntryDate></PlacementDetail>"""
NEEDS = """<SENneed><SENtype>SLD</SENtype><SENtypeRank>1</SENtypeRank></SENneed>
      <SENneed><SENtype>VI</SENtype><SENtypeRank>2</SENtypeRank></SENneed>"""
STAY = "<Res>B</Res><WBP>T</WBP>"
REVIEW = "<ReviewMeeting>{last}-11-03</ReviewMeeting><ReviewOutcome>A</ReviewOutcome>"
LATER = (
    "<ReviewDraft>{last}-11-28</ReviewDraft><PhaseTransferDueDate>{last}-02-15</PhaseTransferDueDate>"
    "<PhaseTransferFinalDate>{last}-02-14</PhaseTransferFinalDate>"
)
LAST = "<LastReview>{last}-11-24</LastReview>"

ACTIVE = {
    2023: f"<TransferLA>XXX</TransferLA>{PLACEMENT}{STAY}{NEEDS}{LAST}",
    2024: f"<TransferLA>XXX</TransferLA>{PLACEMENT}{NEEDS}{REVIEW}{LAST}",
    2025: f"<TransferLA>XXX</TransferLA>{PLACEMENT}{NEEDS}{REVIEW}{LATER}{LAST}",
    2026: f"<TransferLA>XXX</TransferLA>{PLACEMENT}{NEEDS}{REVIEW}{LATER}{LAST}",
}
CENSUS_DAYS = {2023: "2023-01-19", 2024: "2024-01-18", 2025: "2025-01-16", 2026: "2026-01-15"}


def document(year: int) -> str:
    parts = {
        "year": str(year),
        "last": str(year - 1),
        "day": CENSUS_DAYS[year],
        "dsco": "<DSCO>N</DSCO>" if year >= 2025 else "",
        "sex": "<Sex>F</Sex>" if year >= 2024 else "<GenderCurrent>2</GenderCurrent>",
        "source": "<RequestSource>2</RequestSource>" if year >= 2025 else "",
        "attendance": "<AttendancePattern>PT</AttendancePattern>" if year == 2023 else "",
        "placed": STAY if year >= 2024 else "",
    }
    text = HEADER + NEW_PLAN.replace("{active}", f"<ActivePlans>{ACTIVE[year]}</ActivePlans>") + OTHERS
    for name, value in parts.items():
        text = text.replace("{" + name + "}", value)
    return text


def read(text: str) -> Sen2Return:
    return read_stream(io.BytesIO(text.encode()), source="made.xml")


def tokens(text: str) -> list[str]:
    """Tags and values in order: the whole of a document but its layout."""
    return [part.strip() for part in re.split(r"(<[^>]+>)", text) if part.strip() and not part.startswith("<?xml")]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_writing_gives_the_documented_order(year: int, tmp_path: Path) -> None:
    ret = read(document(year))
    assert (ret.edition, ret.problems) == (year, ())
    write_xml(ret, tmp_path / "written.xml")
    assert tokens((tmp_path / "written.xml").read_text()) == tokens(document(year))


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_every_value_is_in_its_column(year: int) -> None:
    ret = read(document(year))
    last = str(year - 1)
    header = ret.tables["sen2"].row(0, named=True)
    assert header["date_time"] == f"{year}-03-01T16:45:10"
    assert (header["dmo"], header["dco"], header["dsco"]) == ("Y", "R", "N" if year >= 2025 else None)
    people = ret.tables["person"]
    assert people["sex" if year >= 2024 else "gender_current"].to_list() == ["F" if year >= 2024 else "2"] * 3
    assert people.select("upn", "uln", "upn_unknown").rows() == [
        ("X", None, None),
        (None, "9000000024", None),
        (None, None, "UN1"),
    ]
    requests = ret.tables["requests"]
    assert requests["person_row"].to_list() == [0, 1, 2, 2]
    assert requests["request_outcome"].to_list() == ["Y", "H", "N", "A"]
    assert requests["request_source"].to_list() == (["2", None, "2", "2"] if year >= 2025 else [None] * 4)
    assert ret.tables["namedplan"].select("assessment_row", "start_date", "dp", "cease_reason").rows() == [
        (0, f"{last}-05-27", "I", None),
        (1, "2016-04-11", None, "3"),
    ]
    assert ret.tables["plandetail"].select("namedplan_row", "urn", "ukprn", "sen_setting").rows() == [
        (0, "999101", None, None),
        (0, None, None, "OTH"),
        (1, None, "10088888", None),
    ]
    active = ret.tables["activeplans"].row(0, named=True)
    assert (active["res"], active["wbp"]) == (("B", "T") if year == 2023 else (None, None))
    assert active["review_outcome"] == ("A" if year >= 2024 else None)
    assert active["phase_transfer_due_date"] == (f"{last}-02-15" if year >= 2025 else None)
    assert active["last_review"] == f"{last}-11-24"
    placed = ret.tables["placementdetail"].row(0, named=True)
    assert (placed["res"], placed["attendance_pattern"]) == ((None, "PT") if year == 2023 else ("B", None))
    assert ret.tables["senneed"].select("activeplans_row", "sen_type", "sen_type_rank").rows() == [
        (0, "SLD", "1"),
        (0, "VI", "2"),
    ]
