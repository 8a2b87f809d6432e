"""The life of articles: their history, reviews, plans, settings, translations and categories."""
