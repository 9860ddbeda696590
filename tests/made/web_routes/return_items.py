"""Who may answer what the yearly return asks."""

OFFICERS = {"case_officer", "team_manager"}
KEEPERS = {"team_manager", "administrator"}
ROUTES = {"return_items": OFFICERS, "return_header": KEEPERS, "return_download": KEEPERS}
OTHERS = OFFICERS
