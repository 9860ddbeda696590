"""People who sign in, their roles and the organisations they belong to."""
