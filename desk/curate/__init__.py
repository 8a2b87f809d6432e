"""Curating: what readers say about articles, listed and answered. The inbox proper is to come."""
