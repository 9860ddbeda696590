"""The sign-in library's forms in our words: what each box is called, and what to enter where it is left empty."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp.forms import ActivateTOTPForm


class InOurWords:
    """A form whose boxes are named by ``WORDS``: name to label and what is said of an empty box."""

    WORDS: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, (label, missing) in self.WORDS.items():
            held = self.fields[name]  # type: ignore[attr-defined]
            held.label, held.error_messages = label, {**held.error_messages, "required": missing}


class SignIn(InOurWords, LoginForm):
    """Signing in."""

    WORDS: ClassVar = {
        "login": ("User name", "Enter your user name."),
        "password": ("Password", "Enter your password."),
    }


class PasswordAgain(InOurWords, ReauthenticateForm):
    """The password once more, before a change to how one signs in."""

    WORDS: ClassVar = {"password": ("Password", "Enter your password.")}


class NewPassword(InOurWords, ChangePasswordForm):
    """Changing one's password."""

    WORDS: ClassVar = {
        "oldpassword": ("Your password now", "Enter the password that you have now."),
        "password1": ("New password", "Enter a new password."),
        "password2": ("New password again", "Enter the new password again."),
    }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password1"].help_text = ""  # The page says what a password must be.


class Code(InOurWords, second_step.AuthenticateForm):
    """The code of the second step."""

    WORDS: ClassVar = {"code": ("Code", "Enter the 6 digits that your app shows, or a recovery code.")}


class CodeAgain(InOurWords, second_step.ReauthenticateForm):
    """The code once more, before a change to how one signs in."""

    WORDS: ClassVar = {"code": ("Code", "Enter the 6 digits that your app shows, or a recovery code.")}


class FirstCode(InOurWords, ActivateTOTPForm):
    """The first code of an app, which sets it up."""

    WORDS: ClassVar = {"code": ("Code that the app shows", "Enter the 6 digits that the app shows.")}


class SecondStep(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This is not the code that we expect. Enter the one that your app shows now.",
        "cannot_delete_authenticator": "You need a second step here, so it cannot be taken away.",
        "cannot_generate_recovery_codes": "Set up a second step first. Recovery codes are for when you lose it.",
    }
