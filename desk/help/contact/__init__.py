"""Reaching a person: a message becomes a case, with what was asked and read before."""
