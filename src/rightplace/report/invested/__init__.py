"""Parts of the investment paper."""
