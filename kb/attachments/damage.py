"""Damaged: a file that cannot be read to its end."""


class Damaged(Exception):
    """What is broken, or built in a way we do not know, could hold what we mean to take out."""
