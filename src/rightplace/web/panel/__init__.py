"""Panels: the agenda, the papers of each child or young person, and what the panel recommended and why."""
