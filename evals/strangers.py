"""Questions that nothing in a knowledge base answers: of other subjects, other languages, or none.

Where a refusal is due, no article counts as right, whatever comes first.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from evals.datasets.golden import Part, Query, UnusableDataset

GIBBERISH = "gibberish"
_SEED = 20_260_101
_EACH = 40
"""Gibberish questions a language."""
_MOST = 400
"""Questions taken of one file; a fixed choice."""
_SYLLABLES = {
    "de": "schn kra ung ver lich eim osch tau pfi bel zug wer nöt gra haf".split(),
    "en": "ther ing blo quo ness stra ple wog tion mur fid lash ob cre zin".split(),
}
_FOREIGN = (
    "kuinka voin maksaa laskun missä on lähin pankki avata uusi tili huomenna".split(),
    "gdzie jest moja paczka jak mogę zmienić hasło nie działa dzisiaj konto".split(),
    "nasıl yapabilirim fatura nerede hesabım yarın açık mı sipariş iptal et".split(),
    "hol van az csomagom hogyan tudom megváltoztatni jelszót nem működik ma".split(),
)
_KEYS = "asdfghjklqwertyuiop "


def load(paths: Sequence[Path]) -> list[Query]:
    """Return the questions of these files or folders, and gibberish, all without an answer.

    A folder holds `items.jsonl` or `queries.jsonl`. Where lines say which are out of scope
    (`oos`), only those are taken.

    Raises:
        UnusableDataset: a file is missing or cannot be read.
    """
    return [query for path in paths for query in _of(path)] + gibberish()


def gibberish() -> list[Query]:
    """Return made-up words, words of other languages and beaten keys: the same ones each time."""
    random = Random(_SEED)  # noqa: S311  # the same each time, not a secret
    kinds = (_made_up, _foreign, _beaten)
    return [
        _stranger(GIBBERISH, f"{locale}-{number}", kinds[number % 3](random, locale), locale)
        for locale in _SYLLABLES
        for number in range(_EACH)
    ]


def source_of(query_id: str) -> str:
    """Return where a stranger came from."""
    return query_id.partition("/")[0]


def _of(path: Path) -> Iterator[Query]:
    name = path.stem if path.is_file() else path.resolve().name
    lines = list(_lines(_file(path)))
    if any(line.get("oos") for line in lines):
        lines = [line for line in lines if line.get("oos")]
    Random(_SEED).shuffle(lines)  # noqa: S311  # a fixed choice, not a secret
    for line in lines[:_MOST]:
        yield _stranger(name, str(line["_id"]), str(line["text"]), str(line.get("lang", "en")))


def _file(path: Path) -> Path:
    candidates = [path, path / "items.jsonl", path / "queries.jsonl"]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise UnusableDataset(f"{path} is no file, and has no items.jsonl or queries.jsonl")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open() as lines:
        for number, line in enumerate(lines, start=1):
            try:
                told = json.loads(line)
                yield {"_id": told["_id"], "text": told["text"], **told}
            except (ValueError, KeyError, TypeError) as error:
                raise UnusableDataset(f"{path}, line {number}: {error}") from error


def _stranger(source: str, name: str, text: str, locale: str) -> Query:
    first = hashlib.sha256(name.encode()).digest()[0]
    return Query(
        id=f"{source}/{name}",
        text=text,
        locale=locale,
        group=source,
        answerable=False,
        split=Part.TUNING if first % 2 == 0 else Part.REPORTING,
    )


def _made_up(random: Random, locale: str) -> str:
    return " ".join(
        "".join(random.choices(_SYLLABLES[locale], k=random.randint(2, 3)))
        for _ in range(random.randint(2, 7))
    )


def _foreign(random: Random, _locale: str) -> str:
    return " ".join(random.sample(random.choice(_FOREIGN), k=random.randint(3, 6)))


def _beaten(random: Random, _locale: str) -> str:
    return "".join(random.choices(_KEYS, k=random.randint(6, 30))).strip() or _KEYS[:4]
