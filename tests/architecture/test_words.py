"""Every Problem can be told in every language, and the catalogues say the same things."""

import json
import string

import pytest

from kb.config import LOCALES
from kb.errors import Problem
from tests.architecture.house import ROOT


def catalogue(locale: str) -> dict[str, str]:
    """Return all that is said in one language; the catalogues are one file per area."""
    paths = sorted((ROOT / "desk" / "locale").glob(f"*{locale}.json"))
    assert paths, f"there is no desk/locale/*{locale}.json"
    found: dict[str, str] = {}
    for path in paths:
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def problems(kind: type[Problem] = Problem) -> set[type[Problem]]:
    return {kind}.union(*(problems(narrower) for narrower in kind.__subclasses__()))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("problem", sorted(problems(), key=lambda kind: kind.__name__))
def test_every_problem_has_words(problem: type[Problem], locale: str):
    assert catalogue(locale).get(problem.message, "").strip(), (
        f"desk/locale has no {locale} words for {problem.message} ({problem.__name__})"
    )


def test_every_problem_has_a_message_of_its_own():
    own = [kind for kind in problems() if "message" in vars(kind) and kind is not Problem]
    assert len({kind.message for kind in own}) == len(own) == len(problems()) - 1


def test_both_catalogues_have_the_same_keys():
    keys = {locale: set(catalogue(locale)) for locale in LOCALES}
    assert keys["de"] ^ keys["en"] == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalogue_is_flat_and_nothing_in_it_is_empty(locale: str):
    odd = [k for k, v in catalogue(locale).items() if not isinstance(v, str) or not v.strip()]
    assert odd == []


def test_both_languages_have_the_same_blanks_to_fill():
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    german, english = catalogue("de"), catalogue("en")
    assert [k for k in german.keys() & english if blanks(german[k]) != blanks(english[k])] == []
