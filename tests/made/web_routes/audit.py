"""Who may read the log of access."""

ROUTES = {"audit_log": {"auditor", "administrator"}}
