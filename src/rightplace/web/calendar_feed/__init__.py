"""One's own deadlines as a feed that a calendar program reads."""
