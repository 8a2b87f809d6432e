"""The index: how text is cut, what a collection's fingerprint is, and how it follows SQL."""
