"""Wishes to be told when there is an answer: noted, confirmed by mail, stopped by a click."""
