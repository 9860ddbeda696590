"""Who may read what through the API."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"api_cases": OFFICERS, "api_case": OFFICERS, "api_deadlines": OFFICERS, "api_description": OFFICERS}
OTHERS = OFFICERS
