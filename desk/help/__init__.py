"""The help center: finding an answer, reading it, saying whether it helped, reaching a person."""
