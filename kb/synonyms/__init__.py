"""Words that mean the same: editable, versioned, per language. Search asks for them as well."""
