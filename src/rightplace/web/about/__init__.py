"""The way in, the pages about the service, its health, and the pages of errors."""
