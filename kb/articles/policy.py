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


def address(locale: str, slug: str, anchor: str = "") -> str:
    """Return the path of an article's page, with the section if one is named."""
    return f"/{locale}/articles/{slug}" + (f"#{anchor}" if anchor else "")
