"""Cases and their deadlines as JSON, to read only, for those who may see them on pages."""
