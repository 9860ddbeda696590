"""The form of a personal budget."""

from __future__ import annotations

from typing import Any

from rightplace.vocabulary.codes import DirectPayment
from rightplace.web.registers.forms.entry import EntryForm, a_day, choice, line, pounds, text
from rightplace.web.registers.models import Budget


class BudgetForm(EntryForm):
    """The request, the decision with its reasons, and how it is paid."""

    asked_on = a_day("Day the family asked", required=True)
    occasion = choice("When they asked", Budget.Occasion.choices)
    decision = choice("Decision", Budget.Decision.choices)
    decided_on = a_day("Day of the decision")
    reasons = text("Reasons", help_text="The family must be told why a budget or a direct payment is refused")
    reconsider_on = a_day("Day the family asked to decide again")
    provision = text(
        "What it pays for", help_text="As in Section J of the plan. The price of a place is never part of it"
    )
    amount = pounds("Amount")
    how = choice("How it is paid", Budget.How.choices, required=False)
    pays_for = choice("What direct payments are for", DirectPayment.labels().items(), required=False)
    recipient = line("Who receives direct payments", most=150)
    agreed_on = a_day("Day the recipient agreed in writing")
    setting_agreed_on = a_day("Day the setting agreed, if it is used there")
    starts = a_day("Day of the first payment")
    ends = a_day("Day it ends, if known")
    review_on = a_day("Day of the next review")

    def clean(self) -> dict[str, Any]:
        """What each decision and way of paying needs."""
        given = super().clean()
        decision = given.get("decision")
        if decision and decision != Budget.Decision.WAITING:
            self.need("decided_on", "Enter the day of the decision.")
        if decision in (Budget.Decision.REFUSED, Budget.Decision.PART):
            self.need("reasons", "Enter the reasons that the family was given.")
        if decision in (Budget.Decision.REFUSED, Budget.Decision.WAITING) and given.get("starts"):
            self.add_error("starts", "Nothing is paid before it is agreed. Check the decision.")
        if given.get("asked_on") and given.get("decided_on") and given["decided_on"] < given["asked_on"]:
            self.add_error("decided_on", "It was decided before it was asked. Check both days.")
        if given.get("how") in (Budget.How.DIRECT, Budget.How.MIXED):
            self.need("recipient", "Enter who receives the direct payments.")
            self.need("pays_for", "Select what the direct payments are for: the return asks for it.")
        return given
