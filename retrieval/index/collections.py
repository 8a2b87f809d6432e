"""Names of physical collections: kind, language, fingerprint, generation.

The fingerprint covers all that makes vectors and terms comparable: the weights, how text is cut
and how words are analysed. Vectors of two models therefore never meet in one collection.
"""

from dataclasses import dataclass

from kb.config import LOCALES
from kb.text import digest
from retrieval.index import chunking
from retrieval.language import analysis
from retrieval.results import Kind


def fingerprint(model_digest: str, max_tokens: int) -> str:
    """Return twelve hexadecimal digits that change with anything that changes the index."""
    return digest(model_digest, str(max_tokens), chunking.VERSION, analysis.VERSION)[:12]


@dataclass(frozen=True)
class Slot:
    """What a collection is for: one kind of knowledge in one language."""

    kind: Kind
    locale: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.locale}"

    def collection(self, fingerprint: str, generation: int = 1) -> str:
        """Return the name of the physical collection.

        >>> Slot(Kind.PUBLIC, "de").collection("0123456789ab")
        'public-de-0123456789ab-1'
        """
        return f"{self.key}-{fingerprint}-{generation}"


SLOTS = tuple(Slot(kind, locale) for kind in Kind for locale in LOCALES)


def whole_of(collection: str) -> str:
    """Return the name of the lexical index over whole articles that goes with a collection.

    Apart from the one over passages, because BM25 needs the lengths and counts of one kind only.
    """
    return f"{collection}-whole"


def slot_key_of(collection: str) -> str:
    return "-".join(collection.split("-")[:2])


def fingerprint_of(collection: str) -> str:
    return collection.split("-")[2]


def generation_of(collection: str) -> int:
    return int(collection.rsplit("-", 1)[1])
