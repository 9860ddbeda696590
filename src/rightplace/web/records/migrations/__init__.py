"""Tables of records, step by step."""
