"""generation owns answers in a model's words: made from passages, shown only where they hold."""
