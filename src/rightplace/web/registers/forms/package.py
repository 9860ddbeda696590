"""The form of education otherwise than at a school or college."""

from __future__ import annotations

from rightplace.web.registers.forms.entry import EntryForm, a_day, hours, line, pounds, text


class PackageForm(EntryForm):
    """Why no setting is appropriate, who was consulted, and what is arranged instead."""

    inappropriate = text(
        "Why a school or college would be inappropriate",
        required=True,
        help_text="For any of this provision: section 61(3)",
    )
    consulted_on = a_day("Day the family was consulted")
    decided_on = a_day("Day of the decision")
    decided_by = line("Who decided", most=150)
    provision = text("What is arranged", required=True, help_text="It is all in Section F. Section I stays empty")
    providers = line("Who gives it", most=300)
    hours = hours("Hours in a week")
    cost = pounds("Cost")
    starts = a_day("Day it starts", required=True)
    ends = a_day("Day it ends, if known")
    review_on = a_day("Day of the next review")
