"""Exemptions: why a deadline need not be met, on what evidence, and who decided so. No clock is ever paused."""
