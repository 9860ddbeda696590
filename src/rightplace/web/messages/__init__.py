"""Messages between families and those who work with them."""
