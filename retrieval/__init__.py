"""retrieval turns kb into an index, questions into passages, and passages into answers."""
