"""Who may enter a request, see caseloads and hand cases over."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"intake": OFFICERS, "caseload": {"team_manager"}, "hand_over": OFFICERS}
OTHERS = OFFICERS
