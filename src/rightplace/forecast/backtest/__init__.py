"""How right forecasts would have been: made from each January, scored on the Januaries after it, beside simple rivals."""
