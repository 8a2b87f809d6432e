"""The agents' desk: case lists, the case page, what may help with it, and its solution."""
