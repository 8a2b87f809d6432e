"""What customers wrote, as editors see it: without anybody's data."""

from ingestion.redact import is_untouched, redact


def safe(text: str, locale: str = "en") -> str:
    """Take people's data out, and say in the language of the text what it was."""
    return redact(text, locale=locale).text


def is_clean(redacted: str) -> bool:
    """Say whether nothing had to be taken out: only then may it become a search phrase."""
    return is_untouched(redacted)
