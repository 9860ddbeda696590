"""My work today: what is late, what is due, and whom we wait for."""
