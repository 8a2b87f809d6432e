"""Teaching the embedding model a second language and a company's own words.

Files, not tables: what is learnt from comes in as parallel text, what is learnt goes out as a
model folder with its card. Nothing here is imported by search; `lotse model` alone calls it.
"""
