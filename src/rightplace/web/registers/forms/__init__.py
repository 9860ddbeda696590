"""The forms of the entries, one file for each register."""
