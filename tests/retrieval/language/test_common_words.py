"""Words that mean the same nearly everywhere are known without being taught."""

import pytest

from kb.config import LOCALES
from retrieval.language.analysis import stem
from retrieval.language.common_words import common_words
from retrieval.language.steps import Steps
from retrieval.language.synonyms import synonyms_of
from retrieval.language.words import words
from retrieval.query import Query, build
from tests.retrieval.shelf import lexicon_of


def asked(question: str, known: str, locale: str = "de", steps: Steps | None = None) -> Query:
    steps = steps or Steps()
    return build(
        question, locale, lexicon_of(known, locale, steps), synonyms_of((), locale, steps)
    )


@pytest.mark.parametrize(
    ("question", "known", "term", "locale"),
    [
        ("Wie lösche ich die App?", "App deinstallieren", "deinstallieren", "de"),
        ("neues Handy", "Mobiltelefon Handy", "mobiltelefon", "de"),
        ("Kennwort vergessen", "Passwort", "passwort", "de"),
        ("How do I uninstall it?", "delete remove", "delete", "en"),
        ("my invoice", "bill", "bill", "en"),
    ],
)
def test_other_words_for_the_same_are_asked_for(
    question: str, known: str, term: str, locale: str
) -> None:
    found = asked(question, known, locale)
    assert 0 < found.weights[stem(term, locale)] < 1


def test_what_says_the_same_nearly_covers_the_word() -> None:
    found = asked("Wie lösche ich die App?", "App löschen deinstallieren")
    term = stem("deinstallieren", "de")
    assert found.weights[term] < found.said(term) < 1


def test_they_can_be_switched_off() -> None:
    found = asked("Kennwort", "Passwort Kennwort", steps=Steps(common_words=False))
    assert set(found.weights) == {"kennwort"}


def test_groups_of_editors_are_asked_for_beside_them() -> None:
    both = synonyms_of((("Kennwort", "Losung"),), "de")
    found = build("Kennwort", "de", lexicon_of("Kennwort Losung Passwort"), both)
    assert set(found.weights) == {"kennwort", "losung", "passwort"}


def test_a_language_without_a_list_has_none() -> None:
    assert common_words("fr") == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_group_has_two_words_or_more_and_names_none_twice(locale: str) -> None:
    for group in common_words(locale):
        stems = [tuple(stem(word, locale) for word in words(member)) for member in group]
        assert len(stems) > 1, group
        assert len(set(stems)) == len(stems), group
