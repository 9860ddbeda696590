"""Mistakes in plans and the settings named in them."""

from __future__ import annotations

from typing import Final

from rightplace.example.faults.fault import BEFORE_PERIOD, Fault, c, has, in_year, lacks, moved, to

_OLD: Final = (c("a_assessment_outcome") == "H") & lacks("v_transfer_la") & c("active")
_CEASED: Final = has("n_cease_date")
_ONE: Final = (c("details") == 1) & c("active")
_SCHOOL: Final = (
    has("urn") & c("active") & (c("sen_unit_indicator") == "0") & (c("resourced_provision_indicator") == "0")
)
_ARRANGED: Final = c("sen_setting").is_in(["OLA", "EHE"]) & c("active") & (c("placement_rank") == "1")

PLANS: Final = (
    Fault(rule="N01", what="The plan starts after census day.", where=_OLD, changes={"n_start_date": in_year(0, "03-03")}),
    Fault(rule="N02", what="The plan starts before there were plans.", where=_OLD & (c("age") > 14), changes={"n_start_date": to("2013-05-07")}),
    Fault(rule="N03", what="The plan's date is not the assessment's.", where=(c("a_assessment_outcome") == "Y") & has("n_start_date", "a_assessment_outcome_date") & (c("n_start_date") < c("last")), changes={"n_start_date": moved("n_start_date", -9)}),
    Fault(rule="N05", what="Two settings named first.", where=_ONE & has("urn"), table="plandetail", act="copy"),
    Fault(rule="N06", what="A setting named by number and by code.", where=_SCHOOL & _ONE, table="plandetail", changes={"sen_setting": to("OLA")}),
    Fault(rule="N07", what="The school named is not in the register.", where=_SCHOOL & _ONE, table="plandetail", changes={"urn": to("899999")}),
    Fault(rule="N09", what="Not in education, as the setting named.", where=_ARRANGED, table="plandetail", changes={"sen_setting": to("NEET")}),
    Fault(rule="N10", what="Another setting, and not said which.", where=_ARRANGED, table="plandetail", changes={"sen_setting": to("OTH"), "sen_setting_other": to(None)}),
    Fault(rule="N11", what="The rank of the setting named is 3.", where=_SCHOOL & _ONE, table="plandetail", changes={"placement_rank": to("3")}),
    Fault(rule="N12", what="Whether it is a SEN unit is missing.", where=_SCHOOL, table="plandetail", changes={"sen_unit_indicator": to(None)}),
    Fault(rule="N13", what="Named as a SEN unit and as resourced provision.", where=_SCHOOL, table="plandetail", changes={"sen_unit_indicator": to("1"), "resourced_provision_indicator": to("1")}),
    Fault(rule="N17", what="The residential code is not one.", where=_OLD, changes={"n_plan_res": to("C")}),
    Fault(rule="N19", what="Whether there is a personal budget is missing.", where=_OLD & (c("n_pb") == "0"), changes={"n_pb": to(None)}),
    Fault(rule="N20", what="Direct payments, and no personal budget.", where=_OLD & (c("n_pb") == "0"), changes={"n_dp": to("E")}),
    Fault(rule="N21", what="Ceased, and no reason given.", where=_CEASED, changes={"n_cease_reason": to(None)}),
    Fault(rule="N22", what="The reason for ceasing is not a code.", where=_CEASED, changes={"n_cease_reason": to("0")}),
    Fault(rule="N23", what="Ceased before the period.", where=_CEASED & (c("n_start_date").str.slice(0, 4).cast(int) < c("edition") - 3), changes={"n_cease_date": in_year(BEFORE_PERIOD, "06-06")}),
    Fault(rule="N25", what="Ceased for employment before 16.", where=_CEASED & (c("age") < 14), changes={"n_cease_reason": to("4")}),
    Fault(rule="N29", what="An active plan with no record of attending.", where=_OLD, table="activeplans", act="remove"),
    Fault(rule="V05", what="The URN holds letters.", where=_SCHOOL & _ONE, table="plandetail", changes={"urn": lambda row: "U" + str(row["urn"])[1:]}),
    Fault(rule="V01", what="The plan's date is day first.", where=_OLD, changes={"n_start_date": to("01/02/2019")}),
)  # fmt: skip
"""Mistakes in plans and section I."""
