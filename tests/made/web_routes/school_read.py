"""Who may read what schools sent and logged: the school, officers and the family."""

OFFICERS = {"case_officer", "team_manager"}
READERS = OFFICERS | {"school", "trust", "parent", "young_person"}
ROUTES = {"school_reviews": READERS, "provision": READERS}
OTHERS = OFFICERS
