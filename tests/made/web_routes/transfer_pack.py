"""Who may make a transfer pack, and take one in."""

OFFICERS = {"case_officer", "team_manager"}
ROUTES = {"packs": OFFICERS, "pack_out": OFFICERS}
OTHERS = OFFICERS
