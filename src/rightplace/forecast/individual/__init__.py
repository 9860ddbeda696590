"""Following each child or young person through a future: the same distribution as counting them by cell."""
