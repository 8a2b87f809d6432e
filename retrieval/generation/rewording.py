"""An answer in a model's words, from the passages that were found; or none, with the reason.

The quote is always there first. What a model says replaces nothing: it is shown above its sources,
and only the parts that its sources support. If too little is left, or it does not rest on what
answers the question, nothing is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from prompts.loader import Prompt, load
from retrieval.engines.llm import NothingSaid, Said
from retrieval.generation.numbered import Numbered, as_data, as_line, numbered
from retrieval.generation.orders import is_order
from retrieval.generation.parts import NotUnderstood, parts
from retrieval.generation.support import Checked, Embed, check
from retrieval.index.plain import plain
from retrieval.results import Answer, Passage, Reply

_KEPT = 0.5
"""Of what a model said, at least this share must hold, or the rest is not trusted either."""
_TO_THE_POINT = 0.6
"""How near to the question it must be, as a share of how near the quote is."""
_LANGUAGES = {"de": "German", "en": "English"}
_ADDRESSES = {
    "de": "address the reader formally, as Sie",
    "en": "address the reader as you",
}


class Model(Protocol):
    """What is asked for words."""

    name: str

    def say(self, system: str, user: str) -> Said: ...


class Ended(StrEnum):
    """How a rewording ended."""

    SHOWN = "shown"
    DECLINED = "declined"
    """The model found no answer in the passages."""
    UNSUPPORTED = "unsupported"
    BESIDE_THE_POINT = "beside the point"
    """It holds, but it is about something else than what was asked."""
    NOT_UNDERSTOOD = "not understood"
    NOTHING_SAID = "nothing said"
    NOT_ASKED = "not asked"
    """The question talks to a machine, or there is nothing to word."""


@dataclass(frozen=True)
class Reworded:
    """What came of it, with all that is needed to look at it later."""

    ended: Ended
    kept: Sequence[Checked] = ()
    dropped: Sequence[Checked] = ()
    sources: Sequence[Numbered] = ()
    prompt: Prompt | None = None
    model: str = ""
    said: Said | None = None
    trouble: str = ""


def reword(model: Model, embed: Embed, reply: Reply) -> Reworded:
    """Ask a model for an answer, and keep what its sources support.

    Raises:
        EmbedderUnavailable: meaning cannot be compared, so nothing can be checked.
    """
    sources = numbered(_passages(reply))
    if reply.answer is None or not sources or is_order(reply.question):
        return Reworded(Ended.NOT_ASKED)
    prompt = load("answer")
    system, user = prompt.filled(
        language=_LANGUAGES[reply.locale],
        address=_ADDRESSES[reply.locale],
        passages=as_data(sources),
        question=as_line(reply.question),
    )
    try:
        said = model.say(system, user)
    except NothingSaid as nothing:
        ended = Ended.NOTHING_SAID
        return Reworded(ended, (), (), sources, prompt, model.name, None, str(nothing.trouble))
    try:
        told = parts(said.text)
    except NotUnderstood:
        return Reworded(Ended.NOT_UNDERSTOOD, (), (), sources, prompt, model.name, said)
    by_number = {one.number: one for one in sources}
    checked = check(told, by_number, reply.locale, embed)
    kept = [one for one in checked if one.flaw is None]
    dropped = [one for one in checked if one.flaw is not None]
    ended = _ended(kept, checked, _answering(reply.answer, sources))
    if ended is Ended.SHOWN and not _is_to_the_point(embed, reply, kept):
        ended = Ended.BESIDE_THE_POINT
    return Reworded(ended, kept, dropped, sources, prompt, model.name, said)


def _passages(reply: Reply) -> list[Passage]:
    """Return what is quoted, then the best passages of what was found besides."""
    quoted = [one.passage for one in reply.answer.citations] if reply.answer else []
    return [*quoted, *(hit.passage for hit in reply.found.hits)]


def _answering(answer: Answer, sources: Sequence[Numbered]) -> set[int]:
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


def _ended(kept: Sequence[Checked], checked: Sequence[Checked], answering: set[int]) -> Ended:
    if not checked:
        return Ended.DECLINED
    rests_on = {number for one in kept for number in one.part.numbers}
    holds = len(kept) >= _KEPT * len(checked) and bool(rests_on & answering)
    return Ended.SHOWN if holds else Ended.UNSUPPORTED
