"""Whether a base fits a child: one test after another, each met, not met or unknown, with its evidence."""
