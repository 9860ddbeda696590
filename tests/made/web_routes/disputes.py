"""Who may open the pages of mediation and appeals."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"disputes": OFFICERS, "dispute": OFFICERS, "bundle": OFFICERS}
OTHERS = OFFICERS
