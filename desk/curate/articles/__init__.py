"""Articles as editors see them: the list, the editor, and what belongs to one article."""
