"""Who may open what officers read and write about families."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"family_said": OFFICERS, "family_explain": OFFICERS, "school_answers": OFFICERS}
OTHERS = OFFICERS
