"""Tables of exemptions, step by step."""
