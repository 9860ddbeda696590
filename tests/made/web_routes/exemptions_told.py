"""Who may read, as a family, why the law gives more time."""

ROUTES = {"exemptions_told": {"parent", "young_person"}}
OTHERS: set[str] = set()
