"""The form of a placement."""

from __future__ import annotations

from typing import Any

from rightplace.vocabulary.codes import Residential
from rightplace.vocabulary.setting import SettingKind
from rightplace.web.accounts.models import Organisation
from rightplace.web.registers.forms.entry import EntryForm, a_day, choice, line, pounds
from rightplace.web.registers.models import Contract


class ContractForm(EntryForm):
    """Where, from when, at what price and who pays."""

    setting = choice("School, college or other setting", [], required=False, help_text="One that is on the list here")
    setting_name = line("Its name, if it is not on the list")
    kind = choice("Kind of place", SettingKind.labels().items())
    base = line("Base or unit in it", most=120, help_text="If the place is in a unit or resourced provision")
    residential = choice("Residential", Residential.labels().items(), required=False)
    starts = a_day("Day the place starts", required=True)
    ends = a_day("Day it ends, if known")
    price = pounds("Price of the place")
    top_up = pounds("Top-up")
    transport = pounds("Transport")
    payer = choice("Who pays", Contract.Payer.choices)
    contract = line("Number of the contract", most=80)
    source = line("Where the price comes from", help_text="For example: contract of 1 September 2026, or invoice 1234")
    review_on = a_day("Day to look at the price again")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("pk", "name")
        self.fields["setting"].choices = [("", "Not on the list"), *((str(key), name) for key, name in known)]

    def clean(self) -> dict[str, Any]:
        """A setting of the list, or a name."""
        given = super().clean()
        chosen = given.get("setting")
        given["setting"] = Organisation.objects.filter(pk=chosen).first() if chosen else None
        if given["setting"] is None and not given.get("setting_name"):
            self.add_error("setting", "Select the setting, or enter its name.")
        if any(given.get(name) is not None for name in ("price", "top_up", "transport")):
            self.need("source", "Enter where the price comes from.")
        return given
