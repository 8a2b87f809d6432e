"""Cases: a customer's matter, its messages, what was tried, and the solution that came of it."""
