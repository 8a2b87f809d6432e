"""The way out: everything as a folder of Markdown, which an import takes back as it was."""
