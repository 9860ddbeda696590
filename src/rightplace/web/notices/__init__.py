"""Notices: that something happened which a person must know, on their first page and by e-mail."""
