"""Moves between phases: who is due by 15 February or 31 March, and how far each is."""
