"""What `redact` looks for, one file per family of things. Every pattern is bounded."""
