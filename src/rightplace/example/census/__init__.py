"""What the made-up authority returns of its lives each January."""
