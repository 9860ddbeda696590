"""What a family sees: where we are, what happens next and by when, who has it, and how to get help."""
