"""The person-level route: what became of each plan between January returns, carried forward."""
