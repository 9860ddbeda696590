"""Who may open the pages about the setting that a plan names."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = dict.fromkeys(
    ("placement", "placement_consult", "placement_answer", "placement_findings", "placement_decide"), OFFICERS
)
OTHERS = OFFICERS
