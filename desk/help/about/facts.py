"""What these pages claim, each claim bound to the setting it depends on.

A claim is a heading and a text of the catalogue, `fact.<key>` and `fact.<key>.text`. Whoever
changes what is stored, or for how long, changes a claim here; tests compare the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desk.theme.reading import Theme
from kb.config import Config


@dataclass(frozen=True)
class Fact:
    """One claim, with what stands in its blanks, and a way on."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    url: str = ""
    said: str = ""
    """What the way is called: a key of the catalogue, or the address itself."""


def privacy(config: Config) -> Sequence[Fact]:
    """Return what is stored about whom, and for how long."""
    days = {"days": config.question_days}
    claims = [
        Fact("privacy.reading"),
        Fact("privacy.cookies", {"days": config.session_days}),
        Fact("privacy.device"),
        Fact("privacy.questions", days),
        Fact("privacy.left_alone"),
        Fact("privacy.feedback", days),
        Fact("privacy.corrections"),
        Fact("privacy.wishes"),
        Fact("privacy.cases"),
        Fact("privacy.meetings"),
        Fact("privacy.affect"),
        Fact("privacy.mail", {"days": config.mail_kept_days}),
        Fact("privacy.limits"),
        Fact("privacy.nobody_else"),
    ]
    return [fact for fact in claims if config.affect or fact.key != "privacy.affect"]


def answers(config: Config, locale: str) -> Sequence[Fact]:
    """Return how answers are made."""
    return list(_answers(config, locale))


def accessibility(theme: Theme, locale: str) -> Sequence[Fact]:
    """Return how accessible the site is, and whom to tell where it is not."""
    return [
        Fact("accessibility.state"),
        Fact("accessibility.how"),
        Fact("accessibility.limits"),
        *_feedback_ways(theme, locale),
        Fact("accessibility.authority"),
    ]


def _answers(config: Config, locale: str) -> Iterator[Fact]:
    yield Fact("answers.quoted")
    yield Fact("answers.machine")
    if config.answer_precision:
        yield Fact("answers.sure", {"percent": round(config.answer_precision * 100)})
    yield Fact("answers.mistakes")
    yield Fact("answers.editors")
    if config.affect:
        yield Fact("answers.affect")
    yield Fact("answers.decides_nothing")
    yield Fact("answers.person", url=f"/{locale}/contact", said="frame.contact")


def _feedback_ways(theme: Theme, locale: str) -> Iterator[Fact]:
    if theme.accessibility_email:
        address = theme.accessibility_email
        yield Fact("accessibility.feedback", url=f"mailto:{address}", said=address)
    else:
        yield Fact("accessibility.feedback", url=f"/{locale}/contact", said="frame.contact")
    if theme.accessibility_phone:
        phone = theme.accessibility_phone
        digits = "".join(char for char in phone if char.isdigit() or char == "+")
        yield Fact("accessibility.phone", url=f"tel:{digits}", said=phone)
