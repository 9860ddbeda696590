"""Tables of planning, step by step."""
