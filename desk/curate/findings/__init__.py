"""Findings on the desk: passages that say the same or disagree, side by side."""
