"""A first version of a reply: greeting, understanding, the passage with its source, closing.

It is made of words of the house and of one passage anybody may read; nothing is invented, and
nothing is left to fill in. Everything is said in the customer's language and in the house's form
of address.
"""

import re

from desk import i18n
from desk.assist.quoting import as_typed
from desk.assist.telling import Told
from desk.assist.work import Work
from desk.i18n import Words
from kb.affect import Mood
from kb.people.models import Person
from retrieval.results import Passage

_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[ '’.-]{1,2}[^\W\d_][^\W\d_'’.-]*){0,4}\.?")
_SUBJECT = re.compile(r"[^\W_](?:[\w ,:;–„“”\"'’()/+&€%-]|[.?!](?=\W|$)){2,58}[\w?!)]")
_STEPS = re.compile(r"^\s*1[.)]\s", re.MULTILINE)


def composed(work: Work, said: Told, passage: Passage, middle: str = "") -> str:
    """Return the reply as it would be typed; with words of its own in the middle, if given."""
    words = i18n.words(i18n.as_locale(work.case.locale) or work.locale)
    form = work.config.form_of_address
    parts = (
        _greeting(work, words, form),
        _understanding(work, said, words, form),
        _lead(work, passage, words) if not middle or middle.startswith("1. ") else "",
        middle or as_typed(passage, work.config.public_url),
        words(f"draft.closing.{form}"),
        _farewell(work, words, form),
    )
    return "\n\n".join(part for part in parts if part)


def _greeting(work: Work, words: Words, form: str) -> str:
    """Greet by name, where what was given as one looks like one."""
    name = work.session.get_one(Person, work.case.customer_id).name.strip()
    if not _NAME.fullmatch(name):
        return words(f"draft.greeting.nameless.{form}")
    called = name.split()[0] if form == "du" else name
    return words(f"draft.greeting.{form}", name=called)


def _understanding(work: Work, said: Told, words: Words, form: str) -> str:
    """Say in one sentence that the customer was heard."""
    mood = work.case.mood if work.config.affect else None
    if mood in {Mood.DISTRESSED, Mood.FRUSTRATED}:
        return words(f"draft.understanding.{mood}.{form}")
    if said.situation.tried:
        return words(f"draft.understanding.tried.{form}")
    subject = work.case.subject.strip()
    if _SUBJECT.fullmatch(subject):
        return words(f"draft.understanding.about.{form}", subject=subject)
    return words(f"draft.understanding.calm.{form}")


def _lead(work: Work, passage: Passage, words: Words) -> str:
    """Say what follows: steps, or what our help says, or that it is in another language."""
    if passage.locale != work.case.locale:
        return words("draft.lead.language", language=words(f"desk.language.{passage.locale}"))
    return words("draft.lead.steps" if _STEPS.search(passage.text) else "draft.lead.quote")


def _farewell(work: Work, words: Words, form: str) -> str:
    agent = work.session.get_one(Person, work.viewer.person_id) if work.viewer.person_id else None
    named = agent.name if agent is not None else ""
    lines = (words(f"draft.farewell.{form}"), named, work.config.brand)
    return "\n".join(line for line in lines if line)
