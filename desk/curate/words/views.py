"""What editors see of the words customers use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desk.curate.areas import Tab
from desk.rendering import PrivateView


@dataclass(frozen=True)
class Earlier:
    """What a group was, and who made it so."""

    words: str
    name: str
    moment: datetime


@dataclass(frozen=True)
class GroupView:
    """A group of synonyms, how often customers use it, and what it was before."""

    id: int
    version: int
    words: Sequence[str]
    text: str
    asked: int
    history: Sequence[Earlier]


@dataclass(frozen=True)
class Effect:
    """What a group of synonyms changes for one question."""

    question: str
    title: str
    with_it: int
    """Place of the article with the group; 0: not found."""
    without_it: int


@dataclass(frozen=True)
class PhraseView:
    """A search phrase of an article, and where it leads now."""

    text: str
    asked: int
    rank: int
    """0: the article is not found by it."""


@dataclass(frozen=True)
class ArticlePhrases:
    """An article with its search phrases."""

    public_id: str
    title: str
    url: str
    phrases: Sequence[PhraseView]


@dataclass(frozen=True)
class Suggested:
    """Words of customers by which an article that helped was found only late."""

    public_id: str
    text: str
    title: str
    url: str
    was: int
    """Place it had then; 0: it was not among the results."""
    now: int


@dataclass(frozen=True)
class TermView:
    """A term of the glossary."""

    id: int
    term: str
    meaning: str
    spellings: str
    is_imported: bool
    state: str
    """Digest of it, to notice that somebody else has changed it."""


@dataclass(frozen=True)
class _WordsPage(PrivateView):
    areas: Sequence[Tab]
    shelves: Sequence[Tab]
    languages: Sequence[Tab]
    of: str
    """The language of the words."""
    may_decide: bool
    error: str


@dataclass(frozen=True)
class SynonymsPage(_WordsPage):
    """Groups of words that mean the same."""

    template: ClassVar[str] = "curate/words/synonyms.html"
    groups: Sequence[GroupView]
    typed: str


@dataclass(frozen=True)
class EffectPage(_WordsPage):
    """What one group changes, on questions customers asked."""

    template: ClassVar[str] = "curate/words/effect.html"
    group: GroupView
    effects: Sequence[Effect]
    is_down: bool


@dataclass(frozen=True)
class PhrasesPage(_WordsPage):
    """Search phrases of articles, and suggestions for more."""

    template: ClassVar[str] = "curate/words/phrases.html"
    suggested: Sequence[Suggested]
    articles: Sequence[ArticlePhrases]
    is_down: bool


@dataclass(frozen=True)
class TermsPage(_WordsPage):
    """Terms of the glossary."""

    template: ClassVar[str] = "curate/words/terms.html"
    terms: Sequence[TermView]
    typed: TermView
