"""The forms in which families tell us things."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms

from rightplace.calendar import academic, clock
from rightplace.web.design.forms import DayField, yes_no
from rightplace.web.kept.keep import KeptForm

LONG: Final = 20_000


def words(label: str, *, help_text: str = "", required: bool = False, missing: str = "") -> forms.CharField:
    """A question that is answered in sentences."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONG, widget=forms.Textarea,
        error_messages={"required": missing, "max_length": "Make this shorter, or add a document."},
    )  # fmt: skip


class ViewsForm(KeptForm):
    """What a family thinks, in its own words. One answer is enough."""

    well = words("What goes well?", help_text="For example, favourite things, and what is easy.")
    hard = words("What is hard?", help_text="At school or college, at home, or with friends.")
    helps = words("What helps?", help_text="What you have tried, and what you think is needed.")
    hopes = words("What do you hope for?", help_text="Soon, and later in life.")

    def clean(self) -> dict[str, Any]:
        """Something must be said. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if not any(str(given.get(name, "")).strip() for name in VIEWS):
            self.add_error("well", "Write something in one of the boxes.")
        return given


VIEWS: Final = ("well", "hard", "helps", "hopes")


class ReplyForm(KeptForm):
    """An answer to the draft plan."""

    text = words(
        "What do you think of the draft?", required=True, missing="Write what you think of the draft.",
        help_text="What is right, what is wrong, and what is missing.",
    )  # fmt: skip
    school = forms.CharField(
        label="Which school or college do you want?", required=False, max_length=200,
        help_text="Write its full name. You can leave this empty and tell us later.",
    )  # fmt: skip
    meeting = yes_no("Do you want to meet us to talk about it?")
    complete = yes_no(
        "Is this all you want to say?",
        help_text="If you say yes, we can go on before your time is over. If you say no, you can send more.",
    )


class PreferForm(KeptForm):
    """The school or college that a family wants."""

    school = forms.CharField(
        label="Which school or college do you want?", max_length=200, help_text="Write its full name.",
        error_messages={"required": "Write the name of the school or college."},
    )  # fmt: skip
    why = words("Why do you want it?", help_text="You do not have to say why. It can help us.")


class AskForm(KeptForm):
    """Asking for an assessment: about a child, or about oneself."""

    forename = forms.CharField(label="First name", max_length=80, error_messages={"required": "Write the first name."})
    surname = forms.CharField(label="Last name", max_length=80, error_messages={"required": "Write the last name."})
    born = DayField(label="Date of birth")
    postcode = forms.CharField(
        label="Postcode of the home", max_length=12, error_messages={"required": "Write the postcode."}
    )
    school = forms.CharField(
        label="School, nursery or college", max_length=200, required=False, help_text="Leave it empty if there is none."
    )
    hard = words(
        "What is hard?", required=True, missing="Write what is hard.",
        help_text="Tell us in your own words. You can send letters and reports later.",
    )  # fmt: skip
    helps = words("What help is given now, and does it work?")

    def __init__(self, *args: Any, own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.own = own
        if not own:
            self.fields["forename"].label = "Your child's first name"
            self.fields["surname"].label = "Your child's last name"
            self.fields["born"].label = "Your child's date of birth"

    def clean_born(self) -> date:
        """Under 25, and of the age at which this person may ask. Raises ``ValidationError``."""
        born: date = self.cleaned_data["born"]
        today = clock.today()
        if born > today:
            raise forms.ValidationError("This day has not come yet. Check the date of birth.")
        if born.replace(year=born.year + 25, day=min(born.day, 28)) <= today:
            raise forms.ValidationError("A plan is for people under 25. Ring us if you need other help.")
        over = today > academic.compulsory_school_age(born)[1]
        if self.own and not over:
            raise forms.ValidationError(
                "You are still of school age, so a parent or carer must ask. Show them this page."
            )
        if not self.own and over:
            raise forms.ValidationError("They are now old enough to ask for themselves. They can, with your help.")
        return born
