"""The steps of the analysis. All are taken; switch one off to measure what it is worth."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Steps:
    """What is done to text on its way to terms, and to a question on its way to a search."""

    folding: bool = True
    """é is e and ß is ss; without it only capitals are lowered."""
    joining: bool = True
    """Wi-Fi is also wifi, E-1042 also e1042, v2.3.1 also 2.3.1; without it as written."""
    stemming: bool = True
    stopwords: bool = True
    compounds: bool = True
    """German compounds stand for their parts, too."""
    relatives: bool = True
    """Who asks for gesperrt asks for sperren and Sperrung, too."""
    phrases: bool = True
    """An article's search phrases are a field of the word index."""
    whole: bool = True
    """Whole articles are compared with the words of a question, beside their pieces."""
    spelling: bool = True
    """Words the collection does not know are mended by those it knows."""
    beginnings: bool = True
    """The last word of a question may be unfinished."""
    synonyms: bool = True
    common_words: bool = True
    """Who asks how to delete an app is also told how to uninstall it."""
    reduction: bool = True
    """A long mail is reduced to the sentences and terms that carry the matter."""


ALL = Steps()

INDEXED = ("folding", "joining", "stemming", "stopwords", "compounds", "phrases")
"""Steps that change what stands in the word index; the others only change what is asked."""
