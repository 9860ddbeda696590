"""Four years of made-up lives: plans begin, move, are reviewed and cease, day by day."""
