"""Articles: a family per topic, its translations, their immutable revisions, categories, media."""
