"""kb owns SQL truth and its rules: who may see what, what is published, what was asked."""
