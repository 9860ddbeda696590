"""The pack with which a plan moves from one authority to another: made when a child moves away, read when one moves here."""
