"""Disagreements: mediation, appeals, and what the tribunal ordered by when."""
