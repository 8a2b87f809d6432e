"""Terms explained where they first stand in an article. Everybody may read every explanation."""
