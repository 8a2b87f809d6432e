"""How a text sounds, and whether it can wait: cues in its words and its meaning, weighed."""
