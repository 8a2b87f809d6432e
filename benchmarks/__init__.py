"""benchmarks measure speed as a ratio against the plain way, both in one run on one machine."""
