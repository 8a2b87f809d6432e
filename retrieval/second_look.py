"""Put the first hits in the order of a cross-encoder, if one is set and there is time.

Only the order changes: scores stay comparable, and how sure the answer is comes from the same
evidence as without. Who is still typing is not kept waiting.
"""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.engines.protocols import Reranker
from retrieval.results import Hit

_MOST = 20
_FEWEST = 2


def look_again(reranker: Reranker | None, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits, the first of them in the order of the reranker."""
    if reranker is None or len(hits) < _FEWEST:
        return list(hits)
    count = min(reranker.affordable(), _MOST)
    first, rest = hits[:count], hits[count:]
    told = reranker.scores(question, [_read(hit) for hit in first]) if first else None
    if told is None:
        return list(hits)
    ordered = sorted(zip(told, first, strict=True), key=lambda one: -one[0])
    places = [hit.score for hit in first]
    return [
        replace(hit, score=score, why=replace(hit.why, reread=round(said, 4)))
        for score, (said, hit) in zip(places, ordered, strict=True)
    ] + list(rest)


def _read(hit: Hit) -> str:
    passage = hit.passage
    return "\n".join(part for part in (passage.title, passage.section, passage.text) if part)
