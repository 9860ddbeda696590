"""Dates the law and the returns turn on: academic years, census days, working days, statutory limits."""
