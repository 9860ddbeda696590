"""What each kind of run works out: the sections that its page shows and the files that it gives."""
