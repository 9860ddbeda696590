"""Mistakes in requests and assessments."""

from __future__ import annotations

from typing import Final

from rightplace.example.faults.fault import BEFORE_PERIOD, Fault, c, has, in_year, lacks, moved, to

_REFUSED: Final = (c("r_request_outcome") == "N") & lacks("assessment_row")
_ASSESSED: Final = c("r_request_outcome") == "Y"
_ISSUED: Final = _ASSESSED & (c("a_assessment_outcome") == "Y") & has("a_assessment_outcome_date", "namedplan_row")
_OLD: Final = (c("r_request_outcome") == "H") & (c("a_assessment_outcome") == "H")
_DECLINED: Final = c("a_assessment_outcome") == "N"
_OPEN: Final = c("a_assessment_outcome") == "A"

REQUESTS: Final = (
    Fault(rule="R01", what="The request's outcome is not a code.", where=_REFUSED, changes={"r_request_outcome": to("X")}),
    Fault(rule="R02", what="The day the request came is missing.", where=_REFUSED, changes={"r_received_date": to(None)}),
    Fault(rule="R03", what="Whether in youth accommodation is missing.", where=_ASSESSED, changes={"r_rya": to(None)}),
    Fault(rule="R04", what="The source of the request is not a code.", where=_REFUSED, changes={"r_request_source": to("7")}, first=2025),
    Fault(rule="R05", what="The day of a refusal is missing.", where=_REFUSED, changes={"r_request_outcome_date": to(None)}),
    Fault(rule="R06", what="A decision's date, and no decision.", where=(c("r_request_outcome") == "W"), changes={"r_request_outcome_date": moved("r_received_date", 20)}),
    Fault(rule="R07", what="Whether there was mediation is missing.", where=_REFUSED, changes={"r_request_mediation": to(None)}),
    Fault(rule="R08", what="Decided before it was asked for.", where=_REFUSED, changes={"r_request_outcome_date": moved("r_received_date", -10)}),
    Fault(rule="R09", what="Asked for after census day.", where=(c("r_request_outcome") == "A"), changes={"r_received_date": in_year(0, "02-10")}),
    Fault(
        rule="R11", what="A refusal from before the period.", where=_REFUSED & (c("age") > 7),
        changes={"r_received_date": in_year(BEFORE_PERIOD, "03-01"), "r_request_outcome_date": in_year(BEFORE_PERIOD, "04-01")},
    ),
    Fault(rule="R12", what="Called historical, and asked for in the period.", where=_OLD, changes={"r_received_date": in_year(1, "06-01")}),
    Fault(rule="R14", what="Assessed after a refusal nobody disputed.", where=_ISSUED & (c("r_request_mediation") == "0") & (c("r_request_tribunal") == "0"), changes={"r_request_outcome": to("N")}),
    Fault(rule="R15", what="To be assessed, and no assessment.", where=_ASSESSED & _OPEN, table="assessment", act="remove"),
    Fault(rule="R16", what="Moved to an authority that does not exist.", where=_REFUSED, changes={"r_exported": to("000")}),
    Fault(rule="R17", what="Moved away, and given a plan.", where=_ISSUED, changes={"r_exported": to("330")}),
    Fault(rule="R18", what="In youth accommodation at under 9.", where=_ASSESSED & (c("age") < 9), changes={"r_rya": to("1")}),
    Fault(rule="R19", what="An appeal with no mediation, to be assessed.", where=_ASSESSED, changes={"r_request_tribunal": to("1"), "r_request_mediation": to("0")}),
    Fault(rule="V03", what="Yes or no is 2.", where=_ASSESSED, changes={"r_rya": to("2")}),
    Fault(rule="A01", what="The assessment's outcome is not a code.", where=_ASSESSED & _OPEN, changes={"a_assessment_outcome": to("Q")}),
    Fault(rule="A02", what="The day a plan was declined is missing.", where=_DECLINED, changes={"a_assessment_outcome_date": to(None)}),
    Fault(rule="A03", what="An assessment's date, and no outcome.", where=_ASSESSED & _OPEN, changes={"a_assessment_outcome_date": moved("r_request_outcome_date", 5)}),
    Fault(rule="A04", what="Issued before it was decided to assess.", where=_ISSUED, changes={"a_assessment_outcome_date": moved("r_request_outcome_date", -8)}),
    Fault(rule="A05", what="Whether there was other mediation is missing.", where=_ISSUED, changes={"a_other_mediation": to(None)}),
    Fault(rule="A06", what="Whether an exception applied is missing.", where=_ISSUED, changes={"a_week20": to(None)}),
    Fault(rule="A09", what="A historical assessment, and no plan.", where=_OLD & has("namedplan_row"), table="namedplan", act="remove"),
    Fault(rule="A11", what="Transferred in, and assessed here.", where=has("v_transfer_la"), changes={"a_assessment_outcome": to("Y")}),
)  # fmt: skip
"""Mistakes in requests and assessments."""
