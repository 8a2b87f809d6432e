"""Gaps: what customers asked and found no good answer to, grouped; what editors work from."""
