"""Who may take the lists of an inspection."""

KEEPERS = {"team_manager", "administrator"}
ROUTES = {"annex_a": KEEPERS, "annex_a_file": KEEPERS}
