"""Reading: the start page, categories, articles."""
