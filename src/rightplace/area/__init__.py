"""The area record: typed tables of a local area, where each came from, and how it is kept on disk."""
