"""Data to measure with: questions with judged documents, and utterances labelled by mood."""
