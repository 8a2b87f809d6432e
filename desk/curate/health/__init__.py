"""The health of one article: what was counted of it, with how sure one can be."""
