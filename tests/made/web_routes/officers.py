"""Who may open the pages of officers. Address values: the case "one" is linked to each role's person, "other" to nobody."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {
    "today": OFFICERS,
    "cases": OFFICERS,
    "case": OFFICERS,
    "record_event": OFFICERS,
    "strike_out": OFFICERS,
    "document": OFFICERS | {"parent", "young_person"},
}
OTHERS = OFFICERS
"""Who may open the same of a case that nobody is linked to."""
ADDRESS = {"record_event": {"kind": "review_meeting_held"}, "strike_out": {"number": 4}}
