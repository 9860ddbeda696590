"""Who may open the pages for families, and those about what families said."""

FAMILY = {"parent", "young_person"}
ROUTES = {
    "family": FAMILY,
    "family_ask": FAMILY,
    "family_case": FAMILY,
    "family_rights": FAMILY,
    "family_documents": FAMILY,
    "family_views": FAMILY,
    "family_reply": FAMILY,
    "family_prefer": FAMILY,
}
OTHERS: set[str] = set()
