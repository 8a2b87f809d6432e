"""Ways to a person: what the operator offers when, and the times agreed with customers."""
