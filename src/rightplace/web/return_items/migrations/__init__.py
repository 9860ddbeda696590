"""Tables of answers for the yearly return, step by step."""
