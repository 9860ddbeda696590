"""The child-level lists that an area SEND inspection asks for ("Annex A"), from the live records."""
