"""Texts being written: kept while somebody types, per person, until they become a revision."""
