"""What would make an article easier to read and to follow. Pure: no database, nothing changed."""
