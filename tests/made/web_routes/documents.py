"""Who may see the list of documents, and add one."""

OFFICERS = {"case_officer", "team_manager"}
OTHER_STAFF = {"psychologist", "health", "social_care", "therapist", "school", "trust"}
ROUTES = {
    "documents": OFFICERS | OTHER_STAFF,
    "document_add": OFFICERS | OTHER_STAFF | {"parent", "young_person"},
}
OTHERS = OFFICERS
