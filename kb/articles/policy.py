"""Rules about articles. Each has a clause of the same meaning in `queries`; a test proves it."""

from kb.access import Viewer
from kb.articles.models import Article, State, Translation


def is_readable(article: Article, translation: Translation, viewer: Viewer) -> bool:
    """Published, not archived, and meant for this viewer."""
    return (
        not article.is_archived
        and article.audience in viewer.audiences
        and translation.state is State.PUBLISHED
        and translation.published_id is not None
    )


def minutes(words: int, steps: int) -> int:
    """Estimate how long following an article takes: reading it, and half a minute a step.

    >>> minutes(words=300, steps=7)
    5
    """
    return max(1, round(words / 200 + steps / 2))


def address(locale: str, slug: str, anchor: str = "", *, device: str = "") -> str:
    """Return the path of an article's page, with the device and the section if they are named."""
    asked = f"?device={device}" if device else ""
    return f"/{locale}/articles/{slug}{asked}" + (f"#{anchor}" if anchor else "")
