"""Coaching: plans by which customers solve it themselves, what happened, and what it was worth."""
