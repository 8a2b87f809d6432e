"""How long what readers typed is kept: what has no use any more is erased, every day."""
