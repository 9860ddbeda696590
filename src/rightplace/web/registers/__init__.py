"""Registers of what is arranged and paid for: placements, personal budgets, education otherwise than at school, alternative provision."""
