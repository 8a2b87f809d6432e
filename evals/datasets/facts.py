"""What an answer must say: facts of a question, each in one or more wordings."""

import json
from pathlib import Path

from evals.datasets import frozen
from evals.datasets.golden import Dataset

FOLDER = Path(__file__).parent / "answers"
Facts = tuple[tuple[str, ...], ...]
"""Of each fact the wordings, one of which stands in a whole answer."""


def of(dataset: Dataset) -> dict[str, Facts]:
    """Return the facts of each question that has some, from our file or the set's own answers.

    Raises:
        UnusableDataset: the file was changed since it was frozen.
    """
    frozen.check(FOLDER)
    lines = (FOLDER / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    ours = {one["_id"]: tuple(map(tuple, one["facts"])) for one in map(json.loads, lines)}
    found: dict[str, Facts] = {}
    for query in dataset.queries:
        if query.answers:
            found[query.id] = (query.answers,)
        elif query.id in ours:
            found[query.id] = ours[query.id]
    return found
