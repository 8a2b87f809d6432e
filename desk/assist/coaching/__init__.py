"""Coaching from the desk: make a plan, choose how much help, send it, see how it goes."""
