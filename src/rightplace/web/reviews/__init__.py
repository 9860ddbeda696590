"""Reviews of plans: which are due, and the chain of two, four and twelve weeks."""
