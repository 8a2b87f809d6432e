"""Tips: what worked for one reader, for others once an editor has approved it."""
