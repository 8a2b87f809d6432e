"""The routes about words: a page each for synonyms, search phrases and explained terms."""

from desk.curate.words import phrases, synonyms, terms

HANDLERS = [*synonyms.HANDLERS, *phrases.HANDLERS, *terms.HANDLERS]
