"""Words customers use: synonyms, terms that are explained, and search phrases of articles."""
