"""From SEN2 returns to the tables of an area: who is who, one plan through several returns, each January."""
