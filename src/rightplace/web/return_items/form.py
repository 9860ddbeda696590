"""The forms of what the yearly return asks: of a person, and once for the whole authority."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from rightplace.vocabulary.authority import AUTHORITIES
from rightplace.vocabulary.codes import (
    NAMED_IN_PLAN,
    TRANSFER_OUTSIDE_LIST,
    DirectPayment,
    OfficerPost,
    Residential,
    Sen2Setting,
    Sex,
    UpnUnknown,
    WorkBased,
)
from rightplace.vocabulary.ethnicity import ETHNICITIES
from rightplace.vocabulary.identifier import uln_is_valid, upn_is_valid
from rightplace.vocabulary.need import Need
from rightplace.web.accounts.models import Organisation
from rightplace.web.design.forms import DayField, KeyedForm

OF_PERSON: Final = ("sex", "ethnicity", "postcode", "upn", "uln", "upn_unknown")
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
_YES: Final = [("", "Not answered"), ("1", "Yes"), ("0", "No")]
_NEEDS: Final = [(need.value, need.label) for need in Need if need is not Need.NOT_RECORDED]


def _choice(label: str, choices: Any, *, none: str = "Not answered", help_text: str = "") -> forms.ChoiceField:
    held = list(choices.items()) if isinstance(choices, Mapping) else list(choices)
    return forms.ChoiceField(label=label, required=False, help_text=help_text, choices=[("", none), *held])


class ItemsForm(KeyedForm):
    """What the return asks of one person. Nothing must be answered at once."""

    sex = _choice("Sex", Sex.labels())
    ethnicity = _choice("Ethnicity", ETHNICITIES)
    postcode = forms.CharField(label="Postcode of the home", required=False, max_length=12)
    upn = forms.CharField(label="Unique pupil number", required=False, max_length=13)
    uln = forms.CharField(label="Unique learner number", required=False, max_length=10)
    upn_unknown = _choice("Why there is no number", UpnUnknown.labels(), none="There is one, or not answered")
    need = _choice("Primary need", _NEEDS)
    second_need = _choice("Secondary need", _NEEDS, none="None")
    rya = forms.ChoiceField(
        label="In relevant youth accommodation when the request was made", required=False, choices=_YES
    )
    named_as = _choice(
        "What the plan names, where it is no setting", [(code.value, code.label) for code in Sen2Setting if code in NAMED_IN_PLAN],
        none="It names a setting", help_text="Where Section I is blank or names a type only.",
    )  # fmt: skip
    named_code = forms.ChoiceField(label="Setting named, for a plan that came from another authority", required=False)
    sen_unit = forms.ChoiceField(label="The place named is in a SEN unit", required=False, choices=_YES)
    resourced = forms.ChoiceField(label="The place named is in resourced provision", required=False, choices=_YES)
    plan_res = _choice("Residential provision named", Residential.labels(), none="None")
    plan_wbp = _choice("Work-based learning named", WorkBased.labels(), none="None")
    pb = forms.ChoiceField(label="Personal budget", required=False, choices=_YES)
    oa = forms.ChoiceField(label="Personal budget as organised arrangements", required=False, choices=_YES)
    dp = _choice("Direct payments", DirectPayment.labels(), none="None")
    first_made = DayField(
        label="Day the plan was first made",
        required=False,
        help_text="Only for a plan that came from another authority.",
    )
    transfer_la = forms.ChoiceField(label="Authority the plan came from", required=False)
    exported = forms.ChoiceField(
        label="Authority the person moved to before the assessment was complete", required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Organisation.objects.filter(kind=Organisation.Kind.SETTING).values_list("code", "name")
        self.fields["named_code"].choices = [("", "Not answered"), *rows]
        known = [(code, one.name) for code, one in sorted(AUTHORITIES.items(), key=lambda item: item[1].name)]
        for name in ("transfer_la", "exported"):
            self.fields[name].choices = [
                ("", "None, or not answered"),
                (TRANSFER_OUTSIDE_LIST, "Not known, or outside England"),
                *known,
            ]

    def clean_postcode(self) -> str:
        """A postcode as the return has it. Raises ``ValidationError``."""
        text = " ".join(str(self.cleaned_data["postcode"]).upper().split())
        if not text:
            return ""
        found = _POSTCODE.fullmatch(text)
        if found is None:
            raise forms.ValidationError("Enter a postcode like AB1 2CD.")
        return f"{found[1]} {found[2]}"

    def clean_upn(self) -> str:
        """A number whose check letter is right. Raises ``ValidationError``."""
        upn = str(self.cleaned_data["upn"]).strip().upper()
        if upn and not upn_is_valid(upn):
            raise forms.ValidationError("This is not a pupil number: its first letter does not fit its digits.")
        return upn

    def clean_uln(self) -> str:
        """A number whose check digit is right. Raises ``ValidationError``."""
        uln = str(self.cleaned_data["uln"]).strip()
        if uln and not uln_is_valid(uln):
            raise forms.ValidationError("This is not a learner number: ten digits, of which the last does not fit.")
        return uln

    def clean(self) -> dict[str, Any]:
        """Answers that fit one another. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if given.get("upn_unknown") and (given.get("upn") or given.get("uln")):
            self.add_error("upn_unknown", "There is a number, so no reason is needed.")
        if given.get("second_need") and given.get("second_need") == given.get("need"):
            self.add_error("second_need", "Select another need than the primary one.")
        if given.get("second_need") and not given.get("need"):
            self.add_error("need", "Select the primary need first.")
        if given.get("pb") != "1" and (given.get("oa") == "1" or given.get("dp")):
            self.add_error("pb", "Arrangements and direct payments are parts of a personal budget: answer yes.")
        if given.get("sen_unit") == given.get("resourced") == "1":
            self.add_error("resourced", "A place is in a unit or in resourced provision, and not in both.")
        return given

    def values(self) -> dict[str, str]:
        """The answers as texts."""
        answered = {name: self.cleaned_data[name] for name in self.fields if name not in ("key", "version")}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value or "" for name, value in answered.items()
        }


class HeaderForm(KeyedForm):
    """The authority and its three officers."""

    lea = forms.ChoiceField(label="Local authority", error_messages={"required": "Select the authority."})
    dmo = _choice("Designated medical officer", OfficerPost.labels(), none="Select one")
    dco = _choice("Designated clinical officer", OfficerPost.labels(), none="Select one")
    dsco = _choice("Designated social care officer", OfficerPost.labels(), none="Select one")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(code, one.name) for code, one in sorted(AUTHORITIES.items(), key=lambda item: item[1].name)]
        self.fields["lea"].choices = [("", "Select one"), *known]
        for name in ("dmo", "dco", "dsco"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = (
                f"Say of the {self.fields[name].label.lower()}: in post or not."
            )
