"""Who may take out a whole record."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"records_kept": OFFICERS, "record_export": {"team_manager"}}
OTHERS = {"team_manager"}
