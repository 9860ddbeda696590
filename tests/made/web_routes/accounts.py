"""Who may open the pages of signing in."""

EVERYONE = {
    "case_officer", "team_manager", "psychologist", "health", "social_care", "therapist", "school", "trust", "panel",
    "planner", "parent", "young_person", "auditor", "administrator",
}  # fmt: skip
ROUTES = {
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_reauthenticate": EVERYONE,
    "account_change_password": EVERYONE,
    "mfa_index": EVERYONE,
    "mfa_authenticate": "public",
    "mfa_reauthenticate": EVERYONE,
    "mfa_activate_totp": EVERYONE,
    "mfa_deactivate_totp": EVERYONE,
    "mfa_view_recovery_codes": EVERYONE,
    "mfa_generate_recovery_codes": EVERYONE,
    "socialaccount_login_cancelled": "public",
    "socialaccount_login_error": "public",
    "openid_connect_login": "public",
    "openid_connect_callback": "public",
}
