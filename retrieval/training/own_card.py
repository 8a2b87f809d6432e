"""The card of a model that was adapted to one home."""

from retrieval.training.store import Made

_CARD = """---
language: [de, en]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---
# {name}

Learnt from {made_from} on the knowledge base of one Lotse, by `lotse model adapt {name}`: titles,
headings and translations of published articles, search phrases, redacted solutions and the
articles that solved their cases, and questions whose answers helped. It was held to what
{made_from} said, so that it did not forget.

| | |
|---|---|
| pairs learnt from | {pairs:,} |
| sha256 of all examples, held-out part included | `{digest}` |
| made at | {made_at} |
| held-out part, mean reciprocal rank | {before:.3f} → {after:.3f} |
| difference, middle 95 % of a paired bootstrap | {low:+.3f} to {high:+.3f} |
| questions of the held-out part | {questions:,} |

One article in four was held out, chosen by the sha256 of its number. The weights come from texts
for staff, too: keep them where the knowledge base is kept. For another knowledge base this model
is hardly of use.
"""


def write(name: str, made: Made) -> str:
    """Return the card of an adapted model."""
    held = made.held_out
    return _CARD.format(
        name=name,
        made_from=made.made_from,
        pairs=made.pairs,
        digest=made.data_digest,
        made_at=made.made_at,
        before=held.before,
        after=held.after,
        low=held.low,
        high=held.high,
        questions=held.questions,
    )
