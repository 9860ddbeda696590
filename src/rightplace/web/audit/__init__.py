"""The log of who did and who looked at what: only ever added to, each row sealed by the one before."""
