"""Tables of packs, step by step."""
