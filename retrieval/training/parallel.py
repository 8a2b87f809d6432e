"""Parallel text: sentence pairs and whole articles in German and English, from a folder.

`pairs.tsv.gz` has the columns en, de, source, kind; `docs.jsonl.gz` has an object a line with
title_en, body_en, title_de, body_de, source and split (articles of the split "test" are left out).
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

PAIRS = "pairs.tsv.gz"
ARTICLES = "docs.jsonl.gz"
_SHORTEST = 3
_SEED = 20_260_101


class NoParallelText(Exception):
    """The folder lacks a file, or a line of one cannot be read; says which."""


@dataclass(frozen=True)
class Pair:
    """One thing said in both languages."""

    english: str
    german: str


@dataclass(frozen=True)
class ParallelArticle:
    """One article in both languages."""

    english_title: str
    english_body: str
    german_title: str
    german_body: str


def pairs(folder: Path, *, without: Collection[str] = (), longest: int = 400) -> list[Pair]:
    """Return the sentence pairs, each once, in a fixed shuffled order.

    Args:
        folder: where `pairs.tsv.gz` is.
        without: sources to leave out, such as a product that is measured later.
        longest: characters; longer sentences are left out.

    Raises:
        NoParallelText: the file is missing or has other columns.
    """
    found: dict[Pair, None] = {}
    for row in _rows(folder / PAIRS):
        if row["source"] in without:
            continue
        pair = Pair(row["en"].strip(), row["de"].strip())
        if all(_SHORTEST <= len(text) <= longest for text in (pair.english, pair.german)):
            found[pair] = None
    shuffled = list(found)
    Random(_SEED).shuffle(shuffled)  # noqa: S311  # a fixed order, not a secret
    return shuffled


def articles(folder: Path, *, without: Collection[str] = ()) -> list[ParallelArticle]:
    """Return the whole articles that may be learnt from, in a fixed shuffled order.

    Raises:
        NoParallelText: the file is missing or a line is no article.
    """
    path = folder / ARTICLES
    found, number = [], 0
    try:
        with gzip.open(path, "rt") as lines:
            for line in lines:
                number += 1
                told = json.loads(line)
                if told.get("split") == "test" or told["source"] in without:
                    continue
                found.append(
                    ParallelArticle(
                        *(told[k] for k in ("title_en", "body_en", "title_de", "body_de"))
                    )
                )
    except FileNotFoundError as error:
        raise NoParallelText(f"{path} is missing") from error
    except (ValueError, KeyError, OSError) as error:
        raise NoParallelText(f"{path}, line {number}: {error}") from error
    Random(_SEED).shuffle(found)  # noqa: S311  # a fixed order, not a secret
    return found


def digest(folder: Path) -> str:
    """Return the sha256 over the files of the folder that are learnt from."""
    inner = hashlib.sha256()
    for name in (PAIRS, ARTICLES):
        if (folder / name).is_file():
            inner.update((folder / name).read_bytes())
    return inner.hexdigest()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with gzip.open(path, "rt", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not {"en", "de", "source"} <= set(rows.fieldnames or ()):
                raise NoParallelText(f"{path} lacks one of the columns en, de, source")
            yield from (row for row in rows if None not in row.values())
    except FileNotFoundError as error:
        raise NoParallelText(f"{path} is missing") from error
    except (OSError, csv.Error) as error:
        raise NoParallelText(f"{path}: {error}") from error
