"""Golden questions: what must be answered, by which article, and whether it is."""
