"""Documents put on record: what is taken, how it is named, and how it is kept."""
