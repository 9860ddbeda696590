"""Bringing published files over the internet: where each one is, how it is brought, and whether it is what was asked for."""
