"""Random numbers from keys, and the counts and shares drawn with them."""
