"""What an article shows: its text made for doing, and everything that helps when it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from sqlmodel import Session

from desk import markdown
from desk.dressing import ALL, Device, Dressing, Wearer
from desk.help.articles import heads
from desk.help.articles.heads import Crumb, Head
from desk.help.corrections.views import Dialogue, dialogue
from desk.help.feedback.views import FeedbackState
from desk.help.search.views import HitView
from desk.help.trail import Footprints
from desk.i18n import words
from desk.markdown import Rendered
from desk.rendering import Language, View
from desk.terms import Term
from kb.access import Audience, Viewer
from kb.articles import browsing, policy, queries
from kb.articles.policy import address
from kb.articles.queries import CategoryEntry, Published
from kb.config import LOCALES, Locale
from kb.db import stored_id
from kb.glossary import queries as glossary
from retrieval.index.plain import plain

ENTRIES_FOR_CONTENTS = 3


@dataclass(frozen=True)
class Reading:
    """Who reads what: the article on show, how they came, and for which device."""

    session: Session
    viewer: Viewer
    shown: Published
    prints: Footprints
    wearer: Wearer
    public_url: str

    def here(self, *, device: str = "") -> str:
        """Return the address of this page; it remembers the question that led here."""
        translation = self.shown.translation
        return self.prints.link(address(translation.locale, translation.slug), device=device)


@dataclass(frozen=True)
class Entry:
    """A heading in the table of contents."""

    text: str
    anchor: str
    devices: str
    """Keys of the devices it is for, with spaces between."""
    is_hidden: bool


@dataclass(frozen=True)
class Choice:
    """A device to choose, or all of them."""

    key: str
    label: str
    """Empty: all."""
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Verified:
    """When somebody found that the article is right, and who."""

    at: datetime
    by: str


@dataclass(frozen=True)
class Newer:
    """The original, where it changed after this translation."""

    locale: str
    url: str
    updated: datetime


@dataclass(frozen=True)
class ArticlePage(View):
    """An article, and everything that helps when it does not."""

    template: ClassVar[str] = "help/article.html"
    title: str
    summary: str
    key: str
    """Names this revision on the reader's device."""
    body: Markup
    contents: Sequence[Entry]
    choices: Sequence[Choice]
    minutes: int
    has_steps: bool
    has_images: bool
    terms: Sequence[Term]
    verified: Verified | None
    newer: Newer | None
    category: CategoryEntry | None
    related: Sequence[HitView]
    languages: Sequence[Language]
    updated: datetime
    is_internal: bool
    feedback: FeedbackState
    contact_url: str
    dialogue: Dialogue
    head: Head | None
    """None where only staff may read it."""


def article_page(reading: Reading, related: Sequence[HitView]) -> ArticlePage:
    """Return the page of an article."""
    session, shown, viewer = reading.session, reading.shown, reading.viewer
    revision, locale = shown.revision, shown.translation.locale
    link = words(reading.wearer.locale)("steps.link", number="{number}")
    dressing = Dressing(reading.wearer, glossary.explained(session, locale), link)
    where = markdown.links(session, viewer, locale, [revision.body])
    rendered = markdown.render(revision.body, where, dress=dressing)
    category = _category(session, viewer, shown)
    minutes = policy.minutes(len(plain(revision.body).split()), dressing.longest_way())
    is_internal = shown.article.audience is not Audience.PUBLIC
    carried = Footprints(reading.prints.question, shown.article.public_id)
    return ArticlePage(
        title=revision.title,
        summary=revision.summary,
        key=f"{shown.article.public_id}.{locale}.{revision.number}",
        body=rendered.html,
        contents=_contents(rendered, dressing),
        choices=_choices(reading, dressing),
        minutes=minutes,
        has_steps=bool(dressing.steps),
        has_images="<img " in rendered.html,
        terms=dressing.terms,
        verified=_verified(shown),
        newer=_newer(reading),
        category=category,
        related=related,
        languages=_languages(reading),
        updated=revision.created_at,
        is_internal=is_internal,
        feedback=FeedbackState(stored_id(revision.id), reading.prints.question),
        contact_url=carried.link(f"/{locale}/contact"),
        dialogue=dialogue(session, shown),
        head=None if is_internal else _head(reading, rendered, dressing, category, minutes),
    )


def _contents(rendered: Rendered, dressing: Dressing) -> list[Entry]:
    found = [heading for heading in rendered.headings if heading.level == 2]  # noqa: PLR2004
    if len(found) < ENTRIES_FOR_CONTENTS:
        return []
    return [
        Entry(
            heading.text,
            heading.anchor,
            dressing.keys(heading.devices),
            dressing.is_hidden(heading.devices),
        )
        for heading in found
    ]


def _choices(reading: Reading, dressing: Dressing) -> list[Choice]:
    if not dressing.devices:
        return []
    every = [*dressing.devices, Device(ALL, "")]
    chosen = dressing.chosen or ALL
    return [
        Choice(device.key, device.label, reading.here(device=device.key), device.key == chosen)
        for device in every
    ]


def _verified(shown: Published) -> Verified | None:
    at = shown.translation.verified_at
    return Verified(at, shown.translation.verified_by) if at is not None else None


def _newer(reading: Reading) -> Newer | None:
    original = browsing.newer_original(reading.session, reading.viewer, reading.shown)
    if original is None:
        return None
    url = reading.prints.link(address(original.translation.locale, original.translation.slug))
    return Newer(original.translation.locale, url, original.revision.created_at)


def _category(session: Session, viewer: Viewer, shown: Published) -> CategoryEntry | None:
    entries = queries.categories(session, viewer, shown.translation.locale)
    return next((entry for entry in entries if entry.id == shown.article.category_id), None)


def _languages(reading: Reading) -> list[Language]:
    asked = reading.wearer.asked
    return [
        Language(locale, reading.prints.link(address(locale, slug), device=asked))
        for locale, slug in _slugs(reading).items()
        if locale != reading.shown.translation.locale
    ]


def _slugs(reading: Reading) -> dict[Locale, str]:
    article_id = stored_id(reading.shown.article.id)
    found = {
        each.locale: each.slug
        for each in queries.translations(reading.session, reading.viewer, article_id)
    }
    return {locale: found[locale] for locale in LOCALES if locale in found}


def _head(
    reading: Reading,
    rendered: Rendered,
    dressing: Dressing,
    category: CategoryEntry | None,
    minutes: int,
) -> Head:
    translation, revision = reading.shown.translation, reading.shown.revision
    root, locale = reading.public_url, translation.locale
    head = Head(
        title=revision.title,
        description=revision.summary,
        url=root + address(locale, translation.slug),
        kind="article",
        others={each: root + address(each, slug) for each, slug in _slugs(reading).items()},
    )
    crumbs = [Crumb(revision.title, head.url)]
    if category is not None:
        crumbs.insert(0, Crumb(category.name, f"{root}/{locale}/categories/{category.key}"))
    said = (
        heads.breadcrumbs(crumbs),
        heads.instructions(head, dressing, rendered.headings, minutes=minutes),
        heads.question(head, revision.summary),
    )
    return heads.with_data(head, said)
