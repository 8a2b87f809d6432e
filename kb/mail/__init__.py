"""Mail that goes out: a queue in SQL, delivered at least once, visible until it is."""
