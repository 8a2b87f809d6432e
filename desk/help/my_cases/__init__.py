"""The cases of whoever signed in by mail."""
