"""What people have begun to write, kept on the server so that a time-out loses nothing."""
