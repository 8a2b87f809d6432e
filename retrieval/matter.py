"""Reduce a long question to what matters: a whole mail, with its story and its anger.

A model makes one vector of all it reads, so every sentence beside the matter blurs it. Kept are
the sentences with the words that tell most in the collections asked, in the order they came.
"""

import re
from collections.abc import Callable, Iterator
from math import sqrt

from retrieval.index.sentences import sentences
from retrieval.language import mail

LONG = 45
"""Words up to which a question stays as it is."""
_MOST = 60
"""Words that are kept of a longer one."""
_LONGEST_SENTENCE = 30
_ASKS = 1.3
"""How much more a sentence counts that asks or says that something does not work."""
_ASKING = re.compile(
    r"""\?|\b(?:nicht|kein\w*|nie|fehler\w*|problem\w*|wie|wo|warum|möchte|will|brauche|bitte|leider
    |not|no|never|cannot|\w+n['’]t|error\w*|problem\w*|how|where|why|want|need|please|unable)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def is_long(question: str) -> bool:
    return len(question.split()) > LONG


def matter(question: str) -> str:
    """Return a long question without what stands around it in a mail."""
    return mail.matter(question) if is_long(question) else question


def pointed(question: str, told: Callable[[str], float]) -> str:
    """Return the sentences of a long question that carry its matter.

    Args:
        question: without greeting and signature.
        told: how much a sentence tells, by its words.
    """
    if not is_long(question):
        return question
    parts = [part for sentence in sentences(question) for part in _short(sentence)]
    worth = [_worth(part, told(part)) for part in parts]
    chosen: set[int] = set()
    room = _MOST
    for at in sorted(range(len(parts)), key=lambda at: (-worth[at], at)):
        length = len(parts[at].split())
        if length <= room or not chosen:
            chosen.add(at)
            room -= length
    return " ".join(parts[at] for at in sorted(chosen))


def _worth(sentence: str, told: float) -> float:
    asks = _ASKS if _ASKING.search(sentence) else 1.0
    return asks * told / sqrt(len(sentence.split()) + 4)


def _short(sentence: str) -> Iterator[str]:
    """Cut a sentence that never ends into pieces of a sentence's length."""
    words = sentence.split()
    count = -(-len(words) // _LONGEST_SENTENCE)
    size = -(-len(words) // count)
    for start in range(0, len(words), size):
        yield " ".join(words[start : start + size])
