"""Cases: the people, the events, and everything that hangs on them."""
