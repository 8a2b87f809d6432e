"""A translation beside its original, paragraph by paragraph, with what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from sqlmodel import Session, col, select

from desk import markdown
from desk.curate.life.place import AboutArticle, above
from kb.access import Viewer
from kb.articles import paragraphs, reviewing, staleness, standing
from kb.articles.models import Article, Revision, Significance, State, Translation
from kb.articles.paragraphs import Written
from kb.config import LOCALES
from kb.db import stored_id

_CHARACTERS_IN_ROW = 48
_LONGEST = 14


@dataclass(frozen=True)
class Row:
    """A paragraph of the original, and what translates it; either can be missing."""

    number: int
    original: Markup
    mark: Significance | None
    """How much it changed since the translation was written."""
    text: str
    height: int


@dataclass(frozen=True)
class Text:
    """What a translation says, or what somebody has typed instead."""

    title: str
    summary: str
    body: str


@dataclass(frozen=True)
class Ready:
    """A language with something newer than what is on show."""

    locale: str
    revision_id: int
    number: int
    may_publish: bool


@dataclass(frozen=True)
class BesidePage(AboutArticle):
    """The original on one side, the translation on the other."""

    template: ClassVar[str] = "curate/life/beside.html"
    url: str
    from_locale: str
    to_locale: str
    exists: bool
    others: Sequence[str]
    """Languages that can be set beside the original."""
    original_title: str
    original_summary: str
    title: str
    summary: str
    version: int
    rows: Sequence[Row]
    changed: int
    outdated_since: datetime | None
    ready: Sequence[Ready]
    is_conflict: bool


@dataclass(frozen=True)
class Pairing:
    """What is set beside what."""

    article: Article
    original: Translation
    to_locale: str
    translation: Translation | None


def pairing(session: Session, article: Article, wanted: str) -> Pairing | None:
    """Return the original and the translation that was asked for; None: nothing is written."""
    original = staleness.original_of(session, article)
    if original is None:
        return None
    others = [locale for locale in LOCALES if locale != original.locale]
    to_locale = wanted if wanted in others else others[0]
    found = session.exec(
        select(Translation).where(
            Translation.article_id == article.id, Translation.locale == to_locale
        )
    ).first()
    return Pairing(article, original, to_locale, found)


def beside_page(
    session: Session,
    viewer: Viewer,
    pair: Pairing,
    *,
    four_eyes: bool,
    typed: Text | None = None,
) -> BesidePage:
    """Return the page; `typed` is what could not be saved because somebody else was quicker."""
    original = reviewing.newest(session, pair.original)
    text = typed or _text(session, pair.translation)
    rows = _rows(session, viewer, pair, original, text.body) if pair.translation else []
    areas, heading = above(session, pair.article, pair.to_locale, "beside")
    return BesidePage(
        areas=areas,
        heading=heading,
        url=f"/desk/curation/articles/{pair.article.public_id}",
        from_locale=pair.original.locale,
        to_locale=pair.to_locale,
        exists=pair.translation is not None,
        others=[locale for locale in LOCALES if locale != pair.original.locale],
        original_title=original.title,
        original_summary=original.summary,
        title=text.title,
        summary=text.summary,
        version=pair.translation.version if pair.translation else 0,
        rows=rows,
        changed=sum(row.mark is not None for row in rows),
        outdated_since=_outdated_since(session, pair, original),
        ready=_ready(session, viewer, pair.article, four_eyes=four_eyes),
        is_conflict=typed is not None,
    )


def _text(session: Session, translation: Translation | None) -> Text:
    if translation is None:
        return Text("", "", "")
    newest = reviewing.newest(session, translation)
    return Text(newest.title, newest.summary, newest.body)


def _told_at(session: Session, translation: Translation) -> datetime:
    edits = staleness.edits_of(session, translation, up_to=translation.version)
    return staleness.told_at(translation, edits)


def _outdated_since(session: Session, pair: Pairing, original: Revision) -> datetime | None:
    if pair.translation is None:
        return None
    edits = staleness.edits_of(session, pair.original, up_to=original.number)
    return staleness.since(edits, than=_told_at(session, pair.translation))


def _rows(
    session: Session, viewer: Viewer, pair: Pairing, original: Revision, body: str
) -> list[Row]:
    ours, theirs = paragraphs.split(original.body), paragraphs.split(body)
    marks = _marks(session, pair)
    where = markdown.links(session, viewer, pair.original.locale, ours)
    rows = []
    for number, each in enumerate(paragraphs.pairs(ours, theirs)):
        text = theirs[each.translation] if each.translation is not None else ""
        shown = ours[each.original] if each.original is not None else ""
        rows.append(
            Row(
                number=number,
                original=markdown.render(shown, where, top=3).html,
                mark=marks[each.original] if each.original is not None else None,
                text=text,
                height=_height(text or shown),
            )
        )
    return rows


def _marks(session: Session, pair: Pairing) -> list[Significance | None]:
    """Return what changed in the original after the translation said what it says."""
    if pair.translation is None:
        return []
    told = _told_at(session, pair.translation)
    revisions = session.exec(
        select(Revision)
        .where(Revision.translation_id == pair.original.id)
        .order_by(col(Revision.number))
    ).all()
    known = [each for each in revisions if each.created_at <= told]
    base = known[-1].body if known else ""
    later = revisions[len(known) :]
    return paragraphs.changed(base, [Written(each.body, each.significance) for each in later])


def _height(text: str) -> int:
    lines = sum(1 + len(line) // _CHARACTERS_IN_ROW for line in text.split("\n"))
    return min(max(lines, 2), _LONGEST)


def _ready(session: Session, viewer: Viewer, article: Article, *, four_eyes: bool) -> list[Ready]:
    found = []
    for each in session.exec(
        select(Translation)
        .where(Translation.article_id == article.id)
        .order_by(col(Translation.id))
    ).all():
        newest = reviewing.newest(session, each)
        if each.state is State.PUBLISHED and each.published_id == newest.id:
            continue
        allowed = standing.may_publish(viewer, author_id=newest.author_id, four_eyes=four_eyes)
        found.append(Ready(each.locale, stored_id(newest.id), newest.number, allowed))
    return found if not article.is_archived else []
