"""Tell German from English. Below three words the page's language is trusted."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.85
_FEWEST_WORDS = 3
_MARKERS = {
    "de": """der die das und ist nicht ich mein meine wie wo warum kein keine mit für auf ein eine
    geht kann wir sie es zu von den dem im habe hab bei was wenn mir noch auch nach wird""",
    "en": """the and is not my how where why with for on can to of in it do does are what when you
    your have this that at from but no i'm don't doesn't i an""",
}
_GERMAN, _ENGLISH = (frozenset(_MARKERS[locale].split()) for locale in ("de", "en"))


def detect(text: str, *, prior: str) -> str:
    """Return "de" or "en"; `prior`, the language of the page, wins where the text is unclear.

    >>> detect("my phone has no signal since yesterday", prior="de")
    'en'
    >>> detect("Router reset", prior="de")
    'de'
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < _FEWEST_WORDS:
        return prior
    german = sum(word in _GERMAN for word in words) + 2 * any(c in "äöüß" for c in text.lower())
    english = sum(word in _ENGLISH for word in words)
    if abs(german - english) > 1:
        return "de" if german > english else "en"
    language, probability = _identifier().classify(text)
    return str(language) if probability > _SURE else prior


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # slow to import

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["de", "en"])
    return identifier
