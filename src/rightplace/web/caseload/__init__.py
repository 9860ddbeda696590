"""Who holds how many cases, what is at risk of being late, and handing a case over."""
