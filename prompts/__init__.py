"""prompts owns what a language model is asked; there is none yet: every answer is a quote."""
