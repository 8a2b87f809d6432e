"""One file per kind of source. Each yields what it finds, or a Failure saying why not."""
