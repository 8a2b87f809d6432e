"""A passage cut into statements, each with what it is about, what it counts, names and claims."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from retrieval.findings.claims import Claims, claims
from retrieval.findings.generic import is_generic
from retrieval.findings.values import Value, values
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences
from retrieval.language.analysis import stem, stopwords
from retrieval.language.words import words

_BOLD = re.compile(r"\*\*([^*\n]{1,80})\*\*|„([^“\n]{1,60})“|“([^”\n]{1,60})”|`([^`\n]{1,60})`")
_ITEM = re.compile(r"^\s*(?:\d{1,3}[.)]|[-*+])\s+")
_RULE = re.compile(r"^[\s|:\-]+$")
_PATH = re.compile(r"\s*(?:>|›|→)\s*")
_BEFORE = re.compile(
    r"\b(?:diese[rmns]?|this|these|those)\b|^(?:es|er|it|they|he|she)\b", re.IGNORECASE
)
_LETTER = re.compile(r"\b[B-HJ-Z]\b")
"""Tariff S is not tariff L."""
_LINKED = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?P<to>[^)\n]*)\)")
_ELSEWHERE = ("article:", "/de/articles/", "/en/articles/")
"""The words of such a link are the name of another article, and nothing this one says."""
_POINTS = re.compile(
    r"^(?:siehe|vgl\.?|lesen sie|mehr (?:dazu|lesen sie)|see|read|more (?:on|about)|compare)\b",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Words of a statement; headings and single words say nothing."""


@dataclass(frozen=True)
class Statement:
    """One sentence, step or row."""

    text: str
    locale: str
    stems: frozenset[str]
    """What it is about, without numbers, labels, negations and words that say little."""
    labels: tuple[str, ...]
    """Buttons and menu paths it names."""
    values: tuple[Value, ...]
    claims: Claims
    names: frozenset[str] = field(default_factory=frozenset)
    """Stems of the words that name a thing; a different one names another thing."""
    is_row: bool = False
    """Of a table: what its cells mean stands in another row."""

    @property
    def is_about_before(self) -> bool:
        """It speaks of what was named before."""
        return bool(_BEFORE.search(self.text))

    @property
    def label_stems(self) -> frozenset[str]:
        return frozenset(
            stem(word, self.locale)
            for label in self.labels
            for word in words(label)
            if len(word) > 1 and word not in stopwords(self.locale)
        )

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The labels, cut where a menu goes on."""
        return tuple(
            tuple(part.casefold().strip(" .:…") for part in _PATH.split(label))
            for label in self.labels
        )


@lru_cache(maxsize=20_000)
def statements(markdown: str, locale: str) -> tuple[Statement, ...]:
    """Return the statements of a passage, in order."""
    return tuple(
        replace(_statement(sentence, locale), is_row=line.lstrip().startswith("|"))
        for line in _LINKED.sub(_said, markdown).split("\n")
        if line.strip() and not line.lstrip().startswith("#") and not _RULE.match(line)
        for sentence in sentences(_ITEM.sub("", line))
        if len(words(sentence)) >= _SHORTEST and not _POINTS.match(sentence)
    )


def _said(link: re.Match[str]) -> str:
    """Return the words of a link, unless they are the name of another article."""
    return " " if link["to"].startswith(_ELSEWHERE) else str(link[1])


@lru_cache(maxsize=5_000)
def subject(heading: str, locale: str) -> Statement:
    """Read a title or heading: it names what the passage below it is about."""
    return _statement(heading, locale)


def _statement(markdown: str, locale: str) -> Statement:
    text = plain(markdown)
    labels = tuple(
        label.strip()
        for groups in _BOLD.findall(markdown)
        for label in groups
        if label.strip() and not label.strip()[0].isdigit()
    )
    bare = text
    for label in labels:
        bare = bare.replace(plain(label), " ")
    counted = tuple(values(bare))
    for value in sorted(counted, key=lambda one: -one.start):
        bare = bare[: value.start] + " " + bare[value.start + len(value.spelt) :]
    said = claims(bare, locale)
    left_out = stopwords(locale) | said.words
    kept = [
        word
        for word in words(bare)
        if len(word) > 1 and word not in left_out and not any(map(str.isdigit, word))
    ]
    letters = frozenset(_LETTER.findall(bare))
    spelt = _capitals(bare) if locale == "de" else {}
    return Statement(
        text=text,
        locale=locale,
        stems=frozenset(stem(word, locale) for word in kept) | letters,
        labels=labels,
        values=counted,
        claims=said,
        names=frozenset(
            stem(word, locale)
            for word in kept
            if not is_generic(word, locale) and spelt.get(word, True)
        )
        | letters,
    )


def _capitals(text: str) -> Mapping[str, bool]:
    """Say of each word whether it may be a noun: German writes them with a capital."""
    found: dict[str, bool] = {}
    for at, spelt in enumerate(re.findall(r"[^\W\d_][\w-]*", text)):
        for word in words(spelt):
            is_noun = spelt[0].isupper() and (at > 0 or len(word) > 3)  # noqa: PLR2004
            found[word] = found.get(word, False) or is_noun
    return found
