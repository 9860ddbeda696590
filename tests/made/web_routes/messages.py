"""Who may read and write messages."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"messages_inbox": OFFICERS, "messages": OFFICERS | {"parent", "young_person"}}
OTHERS = OFFICERS
