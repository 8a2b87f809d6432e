"""Asking: suggestions while typing, an answer or an honest no, and what was found."""
