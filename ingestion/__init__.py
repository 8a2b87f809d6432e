"""Getting knowledge in: source -> records -> plan (pure) -> kb. Call `run.import_path`."""
