"""A text in a model's words, made of numbered texts and of nothing else; each part is checked.

What goes in is data, without links, tags, or sentences that talk to a machine. What comes out
holds part by part, and only where at least half of it holds. Whoever asked has a text of their own
that stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from prompts.loader import Prompt
from retrieval.engines.llm import NothingSaid, Said
from retrieval.generation.numbered import Numbered, as_data, as_line
from retrieval.generation.orders import without_orders
from retrieval.generation.parts import NotUnderstood, parts
from retrieval.generation.support import Checked, Embed, check

_KEPT = 0.5
"""Of what a model said, at least this share must hold, or the rest is not trusted either."""
LANGUAGES = {"de": "German", "en": "English"}

Source_co = TypeVar("Source_co", bound=Numbered, covariant=True)


class Model(Protocol):
    """What is asked for words."""

    name: str

    def say(self, system: str, user: str) -> Said: ...


class Ended(StrEnum):
    """How asking a model ended."""

    SHOWN = "shown"
    DECLINED = "declined"
    """The model found nothing in the texts that is worth a word."""
    UNSUPPORTED = "unsupported"
    BESIDE_THE_POINT = "beside the point"
    """It holds, but it is about something else than what was asked."""
    NOT_UNDERSTOOD = "not understood"
    NOTHING_SAID = "nothing said"
    NOT_ASKED = "not asked"
    """What was asked talks to a machine, or there is nothing to word."""


@dataclass(frozen=True)
class Composed(Generic[Source_co]):
    """What came of it, with all that is needed to look at it later."""

    ended: Ended
    kept: Sequence[Checked] = ()
    dropped: Sequence[Checked] = ()
    sources: Sequence[Source_co] = ()
    prompt: Prompt | None = None
    model: str = ""
    said: Said | None = None
    trouble: str = ""

    @property
    def shown(self) -> Sequence[Checked]:
        """The parts somebody may be shown."""
        return self.kept if self.ended is Ended.SHOWN else ()


def compose(
    model: Model,
    embed: Embed,
    prompt: Prompt,
    values: Mapping[str, str],
    sources: Sequence[Source_co],
    locale: str,
) -> Composed[Source_co]:
    """Ask a model for a text, and keep what its sources support.

    Args:
        model: who is asked.
        embed: compares meanings.
        prompt: what it is asked.
        values: the inputs of the prompt besides `passages` and `language`; data, each on one line.
        sources: what may be said, in order.
        locale: the language to write in.

    Raises:
        EmbedderUnavailable: meaning cannot be compared, so nothing can be checked.
    """
    if not sources:
        return Composed(Ended.NOT_ASKED)
    given = {name: as_line(without_orders(value)) for name, value in values.items()}
    system, user = prompt.filled(
        **given, passages=as_data(sources), language=LANGUAGES.get(locale, locale)
    )
    try:
        said = model.say(system, user)
    except NothingSaid as nothing:
        ended = Ended.NOTHING_SAID
        return Composed(ended, (), (), sources, prompt, model.name, None, str(nothing.trouble))
    try:
        told = parts(said.text)
    except NotUnderstood:
        return Composed(Ended.NOT_UNDERSTOOD, (), (), sources, prompt, model.name, said)
    checked = check(told, {one.number: one for one in sources}, locale, embed)
    kept = [one for one in checked if one.flaw is None]
    dropped = [one for one in checked if one.flaw is not None]
    return Composed(_ended(kept, checked), kept, dropped, sources, prompt, model.name, said)


def _ended(kept: Sequence[Checked], checked: Sequence[Checked]) -> Ended:
    if not checked:
        return Ended.DECLINED
    return Ended.SHOWN if len(kept) >= _KEPT * len(checked) else Ended.UNSUPPORTED
