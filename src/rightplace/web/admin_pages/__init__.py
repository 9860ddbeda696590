"""Keeping the accounts of people who sign in: making them, their roles, ending them, new passwords."""
