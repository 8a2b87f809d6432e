"""prompts owns what a language model is asked: one Markdown file each, never edited once used."""
