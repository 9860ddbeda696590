"""Whole records: giving a person everything that is held of them, and removing what was kept long enough."""
