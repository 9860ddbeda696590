"""Who may open the pages about the service. Written by hand, not read from the policy."""

EVERYONE = {
    "case_officer", "team_manager", "psychologist", "health", "social_care", "therapist", "school", "trust", "panel",
    "planner", "parent", "young_person", "auditor", "administrator",
}  # fmt: skip
ROUTES = {"home": EVERYONE, "health": "public", "accessibility": "public"}
