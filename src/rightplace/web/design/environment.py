"""The Jinja environment of every page."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input_lazy
from django.templatetags.static import static
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from rightplace import __version__
from rightplace.calendar import clock
from rightplace.web.design import fields, words
from rightplace.web.design.addresses import address
from rightplace.web.design.navigation import Door, doors
from rightplace.web.kept.unsent import mark
from rightplace.web.policy.decide import may


class Fixed(Environment):
    """Nothing is added to what every template knows once it is made, so a plain dict will do, which is quicker to ask."""

    def make_globals(self, d: Any) -> dict[str, Any]:
        """What a template knows."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Django's Jinja environment, with the components of govuk-frontend and our own words."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], components])
    # The components ask for parameters that are not given.
    options["undefined"] = ChainableUndefined
    made = Fixed(trim_blocks=True, lstrip_blocks=True, **{"autoescape": True, **options})
    made.globals |= {
        "static": cache(static),
        "url": address,
        "today": clock.today,
        "get_messages": messages.get_messages,
        "rightplace_version": __version__,
    }

    @lru_cache(maxsize=1000)
    def navigation(shown: tuple[Door, ...]) -> Any:
        """The navigation with these doors: worked out for each person, and put into HTML once for all who see the same."""
        service = made.get_template("govuk_frontend_jinja/components/service-navigation/macro.html").module
        return service.govukServiceNavigation({"navigation": shown, "navigationLabel": "Parts of the service"})

    made.globals["navigation"] = navigation
    made.filters |= {**words.FILTERS, **fields.FILTERS}
    return made


def for_every_page(request: HttpRequest) -> dict[str, Any]:
    """What every page is given: the doors this person may open, the authority, and ``may``."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "authority": settings.AUTHORITY_NAME,
        "provider_name": _provider(),
        "doors": doors(user, request.path) if known else (),
        "may": lambda action, record=None: bool(user is not None and may(user, action, record)),
        "me": user if known else None,
        "csrf_input": csrf_input_lazy(request) + mark(request),
    }


def _provider() -> str:
    """The name of the identity provider, "" where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""
