"""Mistakes in placements, needs and reviews."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.example.faults.fault import Fault, c, has, in_year, lacks, moved, to

_OLD: Final = (
    (c("r_request_outcome") == "H") & (c("a_assessment_outcome") == "H") & lacks("v_transfer_la") & c("active")
)
_NOW: Final = lacks("leaving_date") & c("active") & (c("placement_rank") == "1") & (c("stays") == 1)
_SCHOOL: Final = _NOW & has("urn") & (c("entry_date") < c("first"))
_CODED: Final = _NOW & has("sen_setting")
_LEFT: Final = has("leaving_date") & (c("placement_rank") == "1") & c("active") & (c("entry_date") < c("first"))
_SECOND: Final = (c("sen_type_rank") == "2") & c("active")
_REVIEWED: Final = _OLD & has("v_review_meeting", "v_last_review")
_TRANSFERRED: Final = (
    c("active")
    & has("v_phase_transfer_due_date")
    & c("age").is_between(11.5, 12.3)
    & (c("placement_rank") == "1")
    & (c("entry_date") > c("first").str.replace("01-01", "07-01"))
    & (c("entry_date") < c("last"))
)

ATTENDING: Final = (
    Fault(rule="L01", what="Transferred from an authority that does not exist.", where=_OLD, changes={"v_transfer_la": to("000")}),
    Fault(rule="L02", what="Transferred in, and asked for here.", where=(c("a_assessment_outcome") == "Y") & has("activeplans_row"), changes={"v_transfer_la": to("330")}),
    Fault(rule="L03", what="An active plan with no placement.", where=_NOW, table="placementdetail", act="remove"),
    Fault(rule="L04", what="A placement by number and by code.", where=_SCHOOL, table="placementdetail", changes={"sen_setting": to("OLA")}),
    Fault(rule="L05", what="A placement nowhere.", where=_SCHOOL, table="placementdetail", changes={"urn": to(None)}),
    Fault(rule="L06", what="The placement's code is not one.", where=_CODED, table="placementdetail", changes={"sen_setting": to("HOME")}),
    Fault(rule="L07", what="Not in education for another reason, not said.", where=_CODED & (c("age") < 15), table="placementdetail", changes={"sen_setting": to("NIEO"), "sen_setting_other": to(None)}),
    Fault(
        rule="L08", what="NEET at under 15.", where=_CODED & (c("age") < 15), table="placementdetail",
        changes={"sen_setting": to("NEET"), "sen_setting_other": to(None)},
    ),
    Fault(rule="L11", what="The day a placement began is missing.", where=_SCHOOL, table="placementdetail", changes={"entry_date": to(None)}),
    Fault(rule="L12", what="Left before entering.", where=_LEFT, table="placementdetail", changes={"leaving_date": moved("entry_date", -30)}),
    Fault(rule="L14", what="Entered before being born.", where=_SCHOOL, table="placementdetail", changes={"entry_date": moved("p_birth_date", -20)}),
    Fault(rule="L15", what="Two first placements at once.", where=_SCHOOL, table="placementdetail", act="copy", changes={"entry_date": in_year(1, "10-06")}),
    Fault(rule="L17", what="An active plan, and no placement now.", where=_SCHOOL, table="placementdetail", changes={"leaving_date": in_year(1, "11-28")}),
    Fault(rule="L20", what="The residential code of a placement is not one.", where=_SCHOOL, table="placementdetail", changes={"res": to("D")}, first=2024),
    Fault(rule="L22", what="Full or part time is missing.", where=_SCHOOL & c("age").is_between(7, 15), table="placementdetail", changes={"attendance_pattern": to(None)}, last=2023),
    Fault(rule="L42", what="The school attended is not in the register.", where=_SCHOOL, table="placementdetail", changes={"urn": to("899998")}),
    Fault(rule="L23", what="Two first needs.", where=_SECOND, table="senneed", changes={"sen_type_rank": to("1")}),
    Fault(rule="L24", what="The need is not a code.", where=_SECOND, table="senneed", changes={"sen_type": to("NSA")}),
    Fault(rule="L25", what="The same need twice.", where=c("active") & (c("sen_type_rank") == "1") & has("activeplans_row") & (pl.len().over("activeplans_row") == 1), table="senneed", act="copy", changes={"sen_type_rank": to("2")}),
    Fault(rule="L26", what="The review's outcome is not a code.", where=_REVIEWED, changes={"v_review_outcome": to("X")}, first=2024),
    Fault(
        rule="L27", what="Over a year old, and no review meeting.", where=_OLD & has("v_review_meeting") & (c("n_start_date") < c("first")), first=2025,
        changes={f"v_{item}": to(None) for item in ("review_meeting", "review_outcome", "last_review", "review_draft")},
    ),
    Fault(rule="L28", what="A review's outcome with no date.", where=_REVIEWED & (c("v_review_outcome") == "M"), changes={"v_last_review": to(None)}, first=2025),
    Fault(rule="L29", what="Decided before the review met.", where=_REVIEWED, changes={"v_last_review": moved("v_review_meeting", -12)}, first=2024),
    Fault(rule="L31", what="To be amended, and no draft.", where=_REVIEWED & (c("v_review_outcome") == "A"), changes={"v_review_draft": to(None)}, first=2026),
    Fault(rule="L32", what="A draft, and nothing to amend.", where=_REVIEWED & (c("v_review_outcome") == "M"), changes={"v_review_draft": moved("v_last_review", 0)}, first=2025),
    Fault(rule="L34", what="Changed phase, and no day it was due.", where=_TRANSFERRED, table="placementdetail", changes={"v_phase_transfer_due_date": to(None), "v_phase_transfer_final_date": to(None)}, first=2026),
    Fault(rule="L35", what="The change of phase was due on no such day.", where=has("v_phase_transfer_due_date") & c("active") & (c("age") < 13), changes={"v_phase_transfer_due_date": in_year(1, "03-01")}, first=2025),
    Fault(rule="L37", what="A change of phase done that was never due.", where=has("v_phase_transfer_final_date") & c("active"), changes={"v_phase_transfer_due_date": to(None)}, first=2025),
)  # fmt: skip
"""Mistakes in where people are, what they need and how their plans are reviewed."""
