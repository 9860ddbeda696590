"""Registers of schools and colleges: the GIAS extract, its links, and published lists with the same facts."""
