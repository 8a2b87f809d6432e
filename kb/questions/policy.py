"""Rules about questions."""

LONGEST_QUESTION = 2_000


def is_askable(text: str) -> bool:
    """At least one letter or digit, and not a whole book."""
    return any(char.isalnum() for char in text) and len(text) <= LONGEST_QUESTION
