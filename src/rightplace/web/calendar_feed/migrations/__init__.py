"""Tables of the calendar feed, step by step."""
