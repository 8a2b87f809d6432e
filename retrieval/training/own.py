"""What a home's own knowledge base teaches: questions and the texts that answer them.

Only what staff may search is read: published articles, public and for staff, and redacted
solutions. Never a draft, an archived article, a message or an internal note.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, groupby, permutations

from sqlmodel import Session

from kb.articles import queries as articles
from kb.articles.models import Revision, Translation
from kb.cases import queries as cases
from kb.config import LOCALES
from kb.db import stored_id
from kb.questions import queries as questions
from kb.text import digest
from retrieval.index import chunking
from retrieval.index.collections import SLOTS
from retrieval.index.plain import plain
from retrieval.index.wanted import wanted
from retrieval.results import Kind

LETTERS = 700
"""Of a text that are read; a model reads little more."""
_SHORTEST = 40
"""Letters below which a section says too little to be found by."""
_SECTION = 1_000_000
"""Tokens a section may have: it is never cut here."""
_HELD_OUT = 4
"""One article in so many is never learnt from, and decides."""
_TELLS_WHO = re.compile(r"@|\d{5}|\d[\d /-]{6}\d")
"""An address or a long number: such a question is not learnt from, it may be about a person."""


@dataclass(frozen=True)
class Example:
    """A question, or a heading, and a text that answers it."""

    family: int
    question: str
    text: str
    by_customer: bool = False
    """Asked in a customer's words; else it is a title, a heading or a translation."""

    @property
    def is_held_out(self) -> bool:
        return is_held_out(self.family)


@dataclass(frozen=True)
class Page:
    """A published article in one language."""

    family: int
    locale: str
    title: str
    text: str
    """Without its title."""
    sections: tuple[tuple[str, str], ...]
    """Heading and text, in order."""
    phrases: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        return is_held_out(self.family)

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.text}"[:LETTERS]


@dataclass(frozen=True)
class Own:
    """All that can be learnt from, held-out part included."""

    pages: Sequence[Page]
    examples: Sequence[Example]

    @property
    def learnt(self) -> list[Example]:
        return [one for one in self.examples if not one.is_held_out]

    @property
    def digest(self) -> str:
        told = (f"{one.family}\n{one.question}\n{one.text}" for one in self.examples)
        return digest(*sorted(told))


def is_held_out(family: int) -> bool:
    """Say whether an article belongs to the held-out part; the same in every run."""
    return int(sha256(str(family).encode()).hexdigest(), 16) % _HELD_OUT == 0


def collect(session: Session) -> Own:
    """Read what this home may teach, in a stable order, each example once."""
    pages = _pages(session)
    found = [*_from_pages(pages), *_from_customers(session, pages)]
    return Own(pages, list(dict.fromkeys(found)))


def _pages(session: Session) -> list[Page]:
    ids = sorted(
        revision
        for slot in SLOTS
        if slot.kind is not Kind.SOLUTIONS
        for revision in wanted(session, slot)
    )
    rows = articles.revision_with_family(session, ids)
    made = [_page(revision, translation) for revision, translation in rows]
    return sorted(made, key=lambda page: (page.family, page.locale))


def _page(revision: Revision, translation: Translation) -> Page:
    pieces = chunking.cut(revision.body, limit=_SECTION, count=lambda texts: [0 for _ in texts])
    return Page(
        family=translation.article_id,
        locale=translation.locale,
        title=revision.title,
        text=plain(revision.body)[:LETTERS],
        sections=tuple(_sections(pieces)),
        phrases=tuple(revision.phrases),
    )


def _sections(pieces: Sequence[chunking.Piece]) -> Iterator[tuple[str, str]]:
    for section, under in groupby(pieces, key=lambda piece: piece.section):
        yield section, plain("\n".join(piece.text for piece in under))[:LETTERS]


def _from_pages(pages: Sequence[Page]) -> Iterator[Example]:
    for _, of_family in groupby(pages, key=lambda page: page.family):
        translated = list(of_family)
        for page in translated:
            yield from _from_page(page)
        for one, other in permutations(translated, 2):
            yield Example(one.family, one.title, other.text)
        for one, other in combinations(translated, 2):
            yield from _aligned(one, other)


def _from_page(page: Page) -> Iterator[Example]:
    yield Example(page.family, page.title, page.text)
    for heading, text in page.sections:
        if heading and len(text) >= _SHORTEST:
            yield Example(page.family, heading, text)
    for phrase in page.phrases:
        yield Example(page.family, phrase, page.whole, by_customer=True)


def _aligned(one: Page, other: Page) -> Iterator[Example]:
    """Yield what says the same in two languages: titles, and sections where their number fits."""
    yield Example(one.family, one.title, other.title)
    if len(one.sections) == len(other.sections):
        for (_, left), (_, right) in zip(one.sections, other.sections, strict=True):
            if min(len(left), len(right)) >= _SHORTEST:
                yield Example(one.family, left, right)


def _from_customers(session: Session, pages: Sequence[Page]) -> Iterator[Example]:
    by_family: dict[int, dict[str, Page]] = {}
    for page in pages:
        by_family.setdefault(page.family, {})[page.locale] = page
    for solution, article_id in cases.solved_by_articles(session):
        for text in (solution.subject, solution.problem):
            yield from _asked(text, solution.locale, by_family.get(article_id, {}))
    helped = questions.helped(session)
    revisions = articles.revision_with_family(session, [revision for _, revision in helped])
    families = {stored_id(revision.id): one.article_id for revision, one in revisions}
    for question, revision_id in helped:
        pages_of = by_family.get(families.get(revision_id, 0), {})
        yield from _asked(question.text, question.locale, pages_of)


def _asked(text: str, locale: str, pages: Mapping[str, Page]) -> Iterator[Example]:
    """Yield what a customer asked with the article in their language, or else in another."""
    question = " ".join(text.split())[:LETTERS]
    for language in (locale, *LOCALES):
        if language in pages and question and not _TELLS_WHO.search(question):
            page = pages[language]
            yield Example(page.family, question, page.whole, by_customer=True)
            return
