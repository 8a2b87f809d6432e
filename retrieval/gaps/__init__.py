"""Gaps found: what asks the same comes together by its meaning, whatever its language."""
