"""From SEN2 returns to cases, and from cases to a SEN2 return."""
