"""What must be known of other rows to look at a text: links, images, words of the house."""

import re
from collections.abc import Iterator

from sqlmodel import Session

from desk.curate.articles.places import Place
from desk.curate.hints.kinds import Hint, Kind, hint
from desk.curate.hints.looking import Around, Seen, look
from desk.curate.hints.phone import IMAGE
from desk.curate.hints.wording import Vocabulary
from kb.access import ANYONE, Audience, Role, Viewer
from kb.articles import pictures, queries
from kb.db import stored_id
from kb.glossary import queries as glossary
from kb.writing import vocabulary
from kb.writing.policy import Text

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_ARTICLE = re.compile(r"article:([0-9a-f]{16})(?:#[\w-]{1,100})?")
_PAGE = re.compile(r"/(de|en)/articles/([a-z0-9-]+)(?:[?#].*)?")
_ELSEWHERE = re.compile(r"https?://[^\s/?#]+\.[^\s]+|/(?:de|en)/[a-z0-9/_-]*(?:#[\w-]+)?|#[\w-]+")
_STAFF = Viewer(Role.AGENT)


def looked_at(where: Place, text: Text) -> Seen:
    """Look at a text with everything that is known."""
    return look(text.title, text.body, where.locale, around(where, text.body))


def around(where: Place, body: str) -> Around:
    """Return what must be known beside the text."""
    session = where.session
    images = {found.group(2) for found in IMAGE.finditer(body)}
    return Around(
        known=_vocabulary(session, where, body),
        widths=_widths(session, images) if images else {},
        broken=list(broken_links(where, body)),
    )


def _widths(session: Session, images: set[str]) -> dict[str, int]:
    return {key: size.width for key, size in pictures.sizes(session, images).items()}


def broken_links(where: Place, body: str) -> Iterator[Hint]:
    """Yield links that lead nowhere for those whom the article is for."""
    reader = ANYONE if where.article.audience is Audience.PUBLIC else _STAFF
    bare = _CODE.sub(lambda found: " " * len(found.group()), body)
    links = list(_LINK.finditer(bare))
    ids = {found.group(1) for link in links if (found := _ARTICLE.fullmatch(link.group(2)))}
    known = queries.slugs(where.session, reader, ids) if ids else {}
    for link in links:
        if not _leads_somewhere(where.session, reader, link.group(2), known):
            yield hint(body, Kind.LINK_BROKEN, link.start(), link.end(), word=link.group(1))


def without_words(seen: Seen) -> list[Hint]:
    """Return images nobody has described: they are not published like this."""
    return [each for each in seen.hints if each.kind is Kind.ALT_MISSING]


def _leads_somewhere(
    session: Session, reader: Viewer, target: str, known: dict[str, dict[str, str]]
) -> bool:
    if found := _ARTICLE.fullmatch(target):
        return found.group(1) in known
    if found := _PAGE.fullmatch(target):
        locale, slug = found.groups()
        return queries.published(session, reader, locale=locale, slug=slug) is not None
    return bool(_ELSEWHERE.fullmatch(target))


def _vocabulary(session: Session, where: Place, body: str) -> Vocabulary:
    explained = glossary.explained(session, where.locale)
    names = frozenset(name for each in explained for name in (each.term, *each.spellings))
    if where.article.audience is not Audience.PUBLIC:
        return Vocabulary(names)
    inside = vocabulary.internal(session, where.locale) - names
    here = {word for word in inside if word in body}
    own = stored_id(where.article.id)
    return Vocabulary(names, vocabulary.unfamiliar(session, here, where.locale, besides=own))
