"""Which setting for which child, and where new places are needed."""
