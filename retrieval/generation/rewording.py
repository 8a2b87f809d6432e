"""An answer in a model's words, from the passages that were found; or none, with the reason.

The quote is always there first. What a model says replaces nothing: it is shown above its sources,
and only the parts that its sources support. If too little is left, or it does not rest on what
answers the question, nothing is shown.
"""

from collections.abc import Sequence
from dataclasses import replace

from prompts.loader import load
from retrieval.generation.composing import Composed, Ended, Model, compose
from retrieval.generation.numbered import NumberedPassage, numbered
from retrieval.generation.orders import is_order
from retrieval.generation.support import Checked, Embed
from retrieval.index.plain import plain
from retrieval.results import Answer, Passage, Reply

__all__ = ["Ended", "Model", "Reworded", "reword"]

_TO_THE_POINT = 0.6
"""How near to the question it must be, as a share of how near the quote is."""
_ADDRESSES = {
    "de": "address the reader formally, as Sie",
    "en": "address the reader as you",
}

Reworded = Composed[NumberedPassage]


def reword(model: Model, embed: Embed, reply: Reply) -> Reworded:
    """Ask a model for an answer, and keep what its sources support.

    Raises:
        EmbedderUnavailable: meaning cannot be compared, so nothing can be checked.
    """
    sources = numbered(_passages(reply))
    if reply.answer is None or not sources or is_order(reply.question):
        return Reworded(Ended.NOT_ASKED)
    values = {"address": _ADDRESSES[reply.locale], "question": reply.question}
    made = compose(model, embed, load("answer"), values, sources, reply.locale)
    if made.ended is not Ended.SHOWN:
        return made
    if not _rests_on(made.kept) & _answering(reply.answer, sources):
        return replace(made, ended=Ended.UNSUPPORTED)
    if not _is_to_the_point(embed, reply, made.kept):
        return replace(made, ended=Ended.BESIDE_THE_POINT)
    return made


def _passages(reply: Reply) -> list[Passage]:
    """Return what is quoted, then the best passages of what was found besides."""
    quoted = [one.passage for one in reply.answer.citations] if reply.answer else []
    return [*quoted, *(hit.passage for hit in reply.found.hits)]


def _answering(answer: Answer, sources: Sequence[NumberedPassage]) -> set[int]:
    """Return the numbers of the passages that are quoted."""
    quoted = {one.passage.chunk_id for one in answer.citations}
    return {one.number for one in sources if one.passage.chunk_id in quoted}


def _is_to_the_point(embed: Embed, reply: Reply, kept: Sequence[Checked]) -> bool:
    """Tell whether what is left is about as near to the question as the quote is.

    A model that was talked into something else repeats, at best, sentences of the passage that
    have nothing to do with the question.
    """
    quote = plain(reply.answer.text) if reply.answer else ""
    said = " ".join(one.part.text for one in kept)
    asked, quoted, worded = embed([reply.question, quote, said])
    return float(asked @ worded) >= _TO_THE_POINT * max(float(asked @ quoted), 0.0)


def _rests_on(kept: Sequence[Checked]) -> set[int]:
    return {number for one in kept for number in one.part.numbers}
