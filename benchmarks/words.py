"""Searching by words: tantivy over our terms against SQLite FTS5 over the plain text."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.paired import Paired, paired
from retrieval.engines.lexical import TantivyIndex
from retrieval.engines.protocols import LexicalEntry
from retrieval.index.plain import plain
from retrieval.language.analysis import terms
from retrieval.language.words import words

_QUESTIONS = (
    "Warum ist meine Rechnung höher als im letzten Monat?",
    "Ich habe kein Internet und die Lampe blinkt rot",
    "eSIM auf ein neues Handy mitnehmen",
)


def measure(texts: Sequence[str], folder: Path, *, copies: int) -> Paired:
    """Ask three questions of every text repeated, each copy with a few words of its own."""
    grown = [f"{text} stelle{number}" for number in range(copies) for text in texts]
    index = TantivyIndex(folder)
    index.add(
        "bench",
        [
            LexicalEntry(f"r{at}.1", at, (), (), terms(plain(text), "de"))
            for at, text in enumerate(grown)
        ],
    )
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE passage USING fts5(body)")
    base.executemany("INSERT INTO passage VALUES (?)", [(plain(text),) for text in grown])

    def ours() -> None:
        for question in _QUESTIONS:
            index.best("bench", dict.fromkeys(terms(question, "de"), 1.0), limit=50)

    def fts5() -> None:
        for question in _QUESTIONS:
            match = " OR ".join(f'"{word}"' for word in words(question))
            base.execute(
                "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 50", (match,)
            ).fetchall()

    return paired(f"three questions by words, {len(grown)} passages", ours=ours, plain=fts5)
