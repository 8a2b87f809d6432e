"""Today: one ranked list of what is worth doing for the knowledge, and why."""
