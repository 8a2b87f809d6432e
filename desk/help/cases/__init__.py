"""The customer's side of a case, behind a private link."""
