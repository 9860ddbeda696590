"""Charts: what each shows, as frozen values, and how they become pictures in a page."""
