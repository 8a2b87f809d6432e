"""A data set small enough to know every figure of it by heart."""

import json
from collections.abc import Sequence
from pathlib import Path

CORPUS = [
    {"_id": "wifi::de", "title": "", "text": "Funkkanal im Router wechseln.", "lang": "de"},
    {"_id": "wifi::en", "title": "", "text": "Change the channel of the router.", "lang": "en"},
    {
        "_id": "bill::de",
        "title": "",
        "text": "Rechnung im Kundenkonto herunterladen.",
        "lang": "de",
    },
    {
        "_id": "bill::en",
        "title": "",
        "text": "Download the invoice from your account.",
        "lang": "en",
    },
    {"_id": "sim::de", "title": "", "text": "SIM-Karte sperren lassen.", "lang": "de"},
]
QUERIES = [
    {"_id": "q1", "text": "Funkkanal wechseln", "lang": "de", "split": "tuning"},
    {"_id": "q2", "text": "download the invoice", "lang": "en"},
    {"_id": "q3", "text": "SIM-Karte sperren", "lang": "de"},
    {"_id": "q4", "text": "Pizza bestellen", "lang": "de", "answerable": False},
]
QRELS = [
    ("q1", "wifi::de", 2),
    ("q1", "wifi::en", 1),
    ("q2", "bill::en", 2),
    ("q2", "bill::de", 1),
    ("q3", "sim::de", 2),
]


def write(
    folder: Path,
    corpus: Sequence[dict] = CORPUS,
    queries: Sequence[dict] = QUERIES,
    qrels: Sequence[tuple[str, str, int]] = QRELS,
) -> Path:
    """Write a data set and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _lines(folder / "corpus.jsonl", corpus)
    _lines(folder / "queries.jsonl", queries)
    rows = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in qrels)]
    (folder / "qrels.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _lines(path: Path, rows: Sequence[dict]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
