"""One analysis of German and English text, used for index and query alike."""
