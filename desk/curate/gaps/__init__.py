"""Gaps on the desk: what is missing, in the customers' words, and the way to an article."""
