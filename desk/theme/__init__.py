"""The operator's looks and legal texts: read from one file at the start, refused if unreadable."""
