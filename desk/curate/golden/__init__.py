"""Golden questions on the desk: set, looked at, and how they came out."""
