"""Words that people write, whether a collection has them or not: they are no misspellings.

Who asks about a dog means no hand. The bundled model's tokenizer carries the 37,000 commonest
words of both languages, so no list of words is needed beside it.
"""

import json
from functools import lru_cache
from pathlib import Path

_TOKENIZER = Path(__file__).parent.parent / "model" / "tokenizer.json"
_INSIDE = "##"
"""What a piece begins with that is no word by itself."""
_DOTS = str.maketrans("äöü", "aou")


def is_known(word: str) -> bool:
    """Tell whether a folded word is one that people write.

    >>> is_known("wetter"), is_known("rechnugn")
    (True, False)
    """
    return word.translate(_DOTS) in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The tokenizer has no umlauts: it knows kündigen as kundigen."""
    try:
        pieces = json.loads(_TOKENIZER.read_text(encoding="utf-8"))["model"]["vocab"]
    except (OSError, ValueError, KeyError):  # the bundled model was taken away
        return frozenset()
    return frozenset(one for one in pieces if not one.startswith(_INSIDE) and one.isalpha())
