"""What a site must say about itself: privacy, accessibility, how answers are made, the imprint."""
