"""How the sign-in library behaves here: nobody signs themselves up, and a provider only vouches for people we know."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from rightplace.web.accounts.models import User


class NoSignUp(DefaultAccountAdapter):
    """Accounts are made by the administrator."""

    error_messages = {  # noqa: RUF012 - the library's own form
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is not right. Check both and try again.",
        "incorrect_password": "This is not your password. Check it and try again.",
        "enter_current_password": "This is not the password that you have now. Check it and try again.",
        "too_many_login_attempts": "There were too many tries. Wait ten minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, request: HttpRequest, level: int, *said: Any, **rest: Any) -> None:
        """Nothing is said where the page already says it."""


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """Someone an identity provider vouches for gets in where an account with that e-mail address was made for them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the sign-in to the account of that verified e-mail address, or say that there is none.

        An account that was tied before counts only while it still signs in elsewhere.
        """
        if sociallogin.is_existing and sociallogin.user.signs_in_elsewhere:
            return
        verified = [held.email for held in sociallogin.email_addresses if held.verified]
        people = [
            user
            for address in verified
            for user in User.objects.filter(email__iexact=address, signs_in_elsewhere=True, is_active=True)
        ]
        if len(people) != 1 or sociallogin.is_existing:
            messages.error(request, "Nobody has made you an account here yet. Ask the person who runs Rightplace.")
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        sociallogin.connect(request, people[0])
