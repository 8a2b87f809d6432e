"""tasks owns what is measured besides search: each has questions, a solver, and a scorer."""
