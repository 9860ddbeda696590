"""Who may read what through the API. The keys for programs are in ``api_keys.py``."""

OFFICERS = {"case_officer", "team_manager"}
SCHOOLS = {"school", "trust"}
ROUTES = {
    "api_cases": OFFICERS,
    "api_case": OFFICERS,
    "api_deadlines": OFFICERS,
    "api_pupils": SCHOOLS,
    "api_description": OFFICERS | SCHOOLS | {"administrator"},
}
OTHERS = OFFICERS
