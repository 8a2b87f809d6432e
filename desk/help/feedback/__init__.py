"""What readers say of a revision: a yes or a no, and why."""
