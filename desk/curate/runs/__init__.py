"""Evaluation runs on the desk: which there are, what failed in one, what changed between two."""
