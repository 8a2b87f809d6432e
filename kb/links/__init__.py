"""Private links: bound to a purpose, hashed at rest, spent once or lasting until they expire."""
