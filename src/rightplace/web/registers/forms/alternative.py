"""The form of alternative provision."""

from __future__ import annotations

from typing import Any

from rightplace.web.registers.forms.entry import EntryForm, a_day, choice, hours, line, pounds
from rightplace.web.registers.models import Alternative


class AlternativeForm(EntryForm):
    """Where, why, who commissioned it, for how long, and whether the provider is registered."""

    provider = line("The provider", required=True)
    status = choice("Is the provider registered as a school?", Alternative.Status.choices)
    urn = line("Its URN", most=10, help_text="The six figures of a registered school")
    commissioner = choice("Who commissioned it", Alternative.Commissioner.choices)
    reason = choice("Why", Alternative.Reason.choices)
    on_roll_at = line("School where they are on roll")
    hours = hours("Hours in a week")
    starts = a_day("Day it starts", required=True)
    ends = a_day("Day it ends, if known")
    review_on = a_day("Day of the next review")
    checked_on = a_day("Day the provider was last checked", help_text="Visit, safeguarding and staff checks")
    cost = pounds("Cost")

    def clean(self) -> dict[str, Any]:
        """A registered school has a number."""
        given = super().clean()
        if given.get("status") == Alternative.Status.REGISTERED:
            self.need("urn", "Enter the URN of the school.")
        if given.get("urn") and not (given["urn"].isdigit() and len(given["urn"]) == 6):
            self.add_error("urn", "A URN has six figures. Check it.")
        return given
