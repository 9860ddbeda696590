"""Who may do what to which record, and why not: the one place that decides."""
