"""Signing in as a customer: an address, a letter, one button. No password."""
