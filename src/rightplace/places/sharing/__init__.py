"""Sharing a national or regional pot of new places, or of capital, between areas."""
