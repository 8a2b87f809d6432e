"""Evaluation runs: what was measured, with what, and how it came out."""
