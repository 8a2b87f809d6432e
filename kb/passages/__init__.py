"""Chunks: the text that index entries stand for. Index stores hold ids; the words stand here."""
