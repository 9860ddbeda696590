"""Who may open the pages of reviews and of moves between phases."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = dict.fromkeys(("reviews", "review", "transfers", "transfers_expect"), OFFICERS)
OTHERS = OFFICERS
