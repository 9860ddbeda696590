"""A whole cohort to places: the best plan, what one more place is worth, one change at a time, and the stable plan."""
