"""The customer's side of coaching: one step per screen, behind a private link."""
