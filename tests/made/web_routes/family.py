"""Who may open the pages for families."""

FAMILY = {"parent", "young_person"}
ROUTES = {"family": FAMILY, "family_case": FAMILY}
OTHERS = set()
