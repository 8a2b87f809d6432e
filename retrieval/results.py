"""What retrieval returns. Trust is a type: only `authorize` makes a Passage out of a Candidate."""

from dataclasses import dataclass, field
from enum import StrEnum

from kb.access import Audience
from kb.articles.devices import Names, key
from kb.articles.policy import address
from kb.questions.models import NoAnswerReason


class Kind(StrEnum):
    """The physical indexes. A public search never opens STAFF or SOLUTIONS."""

    PUBLIC = "public"
    STAFF = "staff"
    SOLUTIONS = "solutions"


class Notice(StrEnum):
    """What did not work while answering; shown by name, never hidden."""

    WITHOUT_MEANING = "search.without_meaning"
    """The embedding model or vector store is down: only words were compared."""
    WITHOUT_WORDS = "search.without_words"
    """The lexical index is down: only meaning was compared."""


@dataclass(frozen=True)
class Candidate:
    """What an index returned; not yet authorised, so it has no text."""

    kind: Kind
    chunk_id: str
    dense: float | None = None
    """Cosine similarity to the question, -1 to 1."""
    lexical: float | None = None
    """BM25 score, 0 and up."""


@dataclass(frozen=True)
class Passage:
    """An authorised chunk of a published revision or of a solution."""

    kind: Kind
    chunk_id: str
    family_id: int
    """Article id; of a solution its case id."""
    source_id: int
    """Revision id; of a solution its id."""
    locale: str
    title: str
    slug: str
    """Empty for a solution."""
    section: str
    anchor: str
    text: str
    """Plain Markdown of the chunk."""
    ordinal: int
    audience: Audience
    category_id: int | None = None
    devices: Names = ()
    """Those it is for; none: for all."""

    @property
    def url(self) -> str:
        """The page this stands on; a solution has none of its own."""
        if not self.slug:
            return ""
        return address(self.locale, self.slug, self.anchor, device=self.device)

    @property
    def device(self) -> str:
        """The device as it stands in addresses, so that the page shows what is linked to."""
        return key(self.devices[0]) if self.devices else ""


@dataclass(frozen=True)
class Why:
    """How a hit came about, for `--explain` and for the reasons shown to agents."""

    dense: float = 0.0
    lexical: float = 0.0
    lead: float = 0.0
    reread: float | None = None
    """What the second look said, where there was one."""
    words: tuple[str, ...] = ()
    """Words of the question that stand in the passage, as the asker spelt them."""
    corrected: dict[str, str] = field(default_factory=dict)
    """Misspelt words of the question and the words of the corpus taken for them."""


@dataclass(frozen=True)
class Hit:
    """One article or solution found, with its best passage."""

    passage: Passage
    score: float
    """0 to 1, comparable within one result only."""
    why: Why


@dataclass(frozen=True)
class Found:
    """The result of a search, best first, one hit per article family."""

    hits: list[Hit]
    notices: frozenset[Notice] = frozenset()
    confidence: float = 0.0
    """Calibrated probability that the first hit answers the question."""
    milliseconds: dict[str, float] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Citation:
    """A quoted piece of one revision: every word of `quote` stands in the passage."""

    passage: Passage
    quote: str


@dataclass(frozen=True)
class Answer:
    """An answer made of quotes."""

    text: str
    """Markdown."""
    confidence: float
    citations: list[Citation]
    kind: str = "quote"


@dataclass(frozen=True)
class NoAnswer:
    """An honest no: a first-class result, with the reason."""

    reason: NoAnswerReason
    confidence: float = 0.0


@dataclass(frozen=True)
class Reply:
    """Everything a page needs to answer a question."""

    question: str
    locale: str
    outcome: Answer | NoAnswer
    found: Found
    fingerprint: str = ""
    engine: str = "quote"

    @property
    def answer(self) -> Answer | None:
        return self.outcome if isinstance(self.outcome, Answer) else None


@dataclass(frozen=True)
class CaseSuggestion:
    """An article or a similar solved case that may help with a case."""

    hit: Hit
    probability: float
    """Measured: how often a suggestion like this one was the right one."""
    resolution: str = ""
    """Of a solution: what solved it."""
    fits: bool = True
    """Likely enough to be shown as fitting; else it is only a maybe."""
