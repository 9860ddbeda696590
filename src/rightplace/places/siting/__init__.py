"""Where to put places: published location problems on plain arrays, each answer with its own proof."""
