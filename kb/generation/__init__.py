"""generation owns answers in a model's words: what was made of which question, by what."""
