"""Asking for a forecast, or for a plan of places."""
