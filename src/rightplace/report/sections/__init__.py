"""The sections of the first plan: each turns numbers into sentences, charts and tables."""
