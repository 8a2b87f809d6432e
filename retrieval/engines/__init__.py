"""The only place that imports vendors. Their errors become Problems here."""
