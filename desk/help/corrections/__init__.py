"""Corrections: a reader says what is wrong with an article, and is told what became of it."""
