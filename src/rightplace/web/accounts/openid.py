"""OpenID Connect with what the sign-in library leaves open: the signature, the nonce and the subject are always checked.

Sources: OpenID Connect Core 1.0, 3.1.3.7 (validation of identity tokens), 5.3.2 (the subject of userinfo), 15.5.2 (a nonce
made from a secret of the session); Discovery 1.0, 4.3 (the issuer); RFC 8176 (``amr``).
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

_NEEDED: Final = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def nonce_of(verifier: str) -> str:
    """The nonce that goes with a proof of PKCE: only the session that holds the proof can have asked for it."""
    return urlsafe_b64encode(sha256(f"nonce {verifier}".encode()).digest()).rstrip(b"=").decode()


class CarefulAdapter(OpenIDConnectOAuth2Adapter):
    """What is done with what the provider answers."""

    nonce = ""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The provider's discovery document. Raises ``OAuth2Error`` where it is not that of the issuer we were told."""
        server = self.get_provider().server_url
        with get_adapter().get_requests_session() as session:
            response = session.get(server)
            response.raise_for_status()
            found = response.json()
        if not isinstance(found, dict) or any(name not in found for name in _NEEDED):
            raise OAuth2Error("The discovery document of the provider is not whole.")
        if found["issuer"].rstrip("/") != server.split("/.well-known/")[0].rstrip("/"):
            raise OAuth2Error("The discovery document is of another issuer.")
        return found

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None) -> Any:
        """Tokens for the code; the nonce that they must carry is known from here on."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who signed in. Raises ``OAuth2Error`` where a token does not stand up."""
        identity = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        if not secrets.compare_digest(str(identity.get("nonce", "")), self.nonce):
            raise OAuth2Error("The identity token was not made for this sign-in.")
        needed = app.settings.get("amr") or []
        if needed and not set(needed) & set(identity.get("amr") or []):
            raise OAuth2Error("The provider did not ask for a second step.")
        userinfo = self._fetch_user_info(token.token)
        if userinfo.get("sub") != identity.get("sub") or not identity.get("sub"):
            raise OAuth2Error("The provider speaks of two people.")
        said = {"userinfo": userinfo, "id_token": identity}
        return self.get_provider().sociallogin_from_response(request, said)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """The identity token, its signature checked too."""
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


class CarefulProvider(OpenIDConnectProvider):
    """The provider as this service asks it."""

    oauth2_adapter_class = CarefulAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """The proof of PKCE, and the nonce that goes with it."""
        made = super().get_pkce_params()
        return {**made, "nonce": nonce_of(made["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """What an address adds is not passed on."""
        return self.get_auth_params()

    def redirect(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The way to the provider; the page of a failed sign-in where it cannot be reached or says nothing we understand."""
        try:
            return super().redirect(request, *args, **options)
        except (OSError, OAuth2Error, ValueError) as error:
            return render_authentication_error(request, self, exception=error)


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The page that leads to the provider, and the way there."""
    return _shown(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with its answer."""
    return _shown(OAuth2CallbackView, request, provider_id)


def _shown(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    """The library's page with what is checked here. Raises ``Http404`` where no such provider is set up."""
    try:
        return view.adapter_view(CarefulAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404("There is no such provider.") from error
