"""The customer's side of what was agreed, behind a private link: confirm, move, cancel."""
