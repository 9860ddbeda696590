"""Pages that come with the sign-in library, and the action each needs."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rightplace.web.policy.rule import PUBLIC

FOREIGN: Final = MappingProxyType(
    {
        "account_login": PUBLIC,
        "account_logout": PUBLIC,
        "account_inactive": PUBLIC,
        "account_reauthenticate": "account.own",
        "account_change_password": "account.own",
        "mfa_authenticate": PUBLIC,
        "mfa_index": "account.own",
        "mfa_reauthenticate": "account.own",
        "mfa_activate_totp": "account.own",
        "mfa_deactivate_totp": "account.own",
        "mfa_view_recovery_codes": "account.own",
        "mfa_generate_recovery_codes": "account.own",
        "socialaccount_login_cancelled": PUBLIC,
        "socialaccount_login_error": PUBLIC,
        "openid_connect_login": PUBLIC,
        "openid_connect_callback": PUBLIC,
    }
)
