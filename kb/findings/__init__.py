"""Passages that say the same or disagree: what was found, and what editors made of it."""
