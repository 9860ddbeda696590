"""The service people sign in to."""
