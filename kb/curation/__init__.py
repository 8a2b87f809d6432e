"""What readers tell us about articles, and what becomes of it: corrections and tips."""
