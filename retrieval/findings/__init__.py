"""Passages that say the same, and passages that disagree: rules over what lies near by meaning."""
