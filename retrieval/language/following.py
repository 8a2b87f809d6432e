"""What a follow-up asks: "und beim iPhone?" becomes the question it stands for.

Rules, not a model: what they make of a question is shown to the asker, so it must be plain why.
A question that stands by itself stays as it is. What cannot be put in its place is added after a
dash, which the search understands as well and nobody takes for bad grammar.
"""

import re

from retrieval.language.detect import detect
from retrieval.language.following_words import (
    AS_SUBJECT,
    DEVICE,
    ENGLISH,
    ENGLISH_THING,
    GERMAN,
    GERMAN_BEFORE,
    GERMAN_NAME,
    GERMAN_THING,
    PARTICLE,
    Grammar,
)

_DASH = " – "
_LONGEST = 300
_MOST_WORDS = 25
_ASPECT, _BARE = 6, 2
"""Words up to which something is an aspect, and up to which it needs no "and"."""
_ONE = {"beim": "bei", "am": "an", "im": "in", "ins": "in", "aufs": "auf", "fürs": "für"}
_SUBJECT = {"meinen": "mein", "einen": "ein", "den": "der", "keinen": "kein", "unseren": "unser"}
_SPACE = re.compile(r"\s+")


def standalone(previous: str, said: str, locale: str) -> str:
    """Return the question a follow-up stands for.

    Args:
        previous: the question before, as it was understood.
        said: what is asked now.
        locale: language of the page, where the words do not tell.

    >>> standalone("Wie richte ich meine E-Mail ein?", "und beim iPhone?", "de")
    'Wie richte ich meine E-Mail beim iPhone ein?'
    """
    about, asked = _core(previous), said.strip().rstrip("?!. ")
    if not about or not _says_something(asked):
        return said
    is_german = detect(f"{about} {asked}", prior=locale) == "de"
    grammar = GERMAN if is_german else ENGLISH
    if grammar.bare.fullmatch(asked):
        return _added(about, asked, grammar)
    opened = grammar.opener.match(asked)
    aspect = asked[opened.end() :].strip() if opened else asked
    has_opener = aspect != asked
    if not aspect:
        return said
    if _is_aspect(aspect, grammar):
        if grammar.preposition.match(aspect):
            return _with_place(about, _without_also(aspect), grammar)
        if has_opener or len(aspect.split()) <= _BARE:
            return _added(about, aspect, grammar)
    return _with_things(about, _unopened(asked, grammar), grammar) or said


def _says_something(asked: str) -> bool:
    words = set(re.findall(r"\w+", asked.lower()))
    return bool(words - {"und", "oder", "aber", "and", "or", "but"})


def _core(previous: str) -> str:
    """Return what a question is about: of a whole mail, the sentence that asks."""
    text = _SPACE.sub(" ", previous).strip()[-_LONGEST * 4 :]
    if len(text.split()) > _MOST_WORDS:
        asking = [part for part in re.split(r"(?<=[?.!])\s", text) if part.endswith("?")]
        text = " ".join((asking[-1] if asking else text).split()[:_MOST_WORDS])
    return text.split(_DASH)[0].rstrip("?!., ")[:_LONGEST]


def _is_aspect(aspect: str, grammar: Grammar) -> bool:
    is_short = len(aspect.split()) <= _ASPECT
    return is_short and not grammar.verb.search(aspect) and not grammar.pronoun.fullmatch(aspect)


def _without_also(aspect: str) -> str:
    return re.sub(r"^(?:auch|also)\s+", "", aspect, flags=re.IGNORECASE)


def _unopened(asked: str, grammar: Grammar) -> str:
    """Leave out the "and" before a whole sentence."""
    connective = r"(?:und|oder|aber)" if grammar is GERMAN else r"(?:and|or|but)"
    return re.sub(rf"^{connective}\b[,.!]?\s*", "", asked, flags=re.IGNORECASE)


def _with_place(about: str, aspect: str, grammar: Grammar) -> str:
    """Put an aspect where the question has one of its kind, or else at the end."""
    for found in reversed(list(grammar.place.finditer(about))):
        if _same_kind(found["preposition"], found.group(), aspect):
            rest = about[found.end() :].strip()
            return _asked(f"{about[: found.start()]}{aspect} {rest}")
    end = PARTICLE.search(about) if grammar is GERMAN else None
    if end is not None and _takes(about, end[1]):
        return _asked(f"{about[: end.start()]} {aspect} {end[1]}")
    return _asked(f"{about} {aspect}")


def _same_kind(preposition: str, there: str, aspect: str) -> bool:
    """Both name a device; or neither does, and the preposition is the same."""
    both = bool(DEVICE.search(there)), bool(DEVICE.search(aspect))
    if any(both):
        return all(both)
    own, other = preposition.lower(), aspect.split(maxsplit=1)[0].lower()
    return _ONE.get(own, own) == _ONE.get(other, other)


def _takes(about: str, end: str) -> bool:
    """A verb that ends a sentence stands after what is added; some nouns look like one."""
    is_verb = end.endswith("n") and not end.endswith("ein")
    return (
        not is_verb
        or re.search(
            r"\b(?:kann|können|muss|soll|darf|will|möchte|lasse?)\b", about, re.IGNORECASE
        )
        is not None
    )


def _with_things(about: str, asked: str, grammar: Grammar) -> str:
    """Say what the pronoun stands for; empty where there is none."""
    found = grammar.pronoun.search(asked)
    if found is None or _names_something(asked[: found.start()], grammar):
        return _asked(asked) if found is None else ""
    thing = _thing(about, grammar) if grammar.thing.search(asked) else ""
    if not thing or (found.group().lower().startswith("da") and found.group().lower() != "das"):
        return _added(about, asked, grammar)
    if grammar is GERMAN and AS_SUBJECT.search(asked):
        article, _, rest = thing.partition(" ")
        thing = f"{_SUBJECT.get(article, article)} {rest}".strip()
    return _asked(f"{asked[: found.start()]}{thing}{asked[found.end() :]}")


def _names_something(before: str, grammar: Grammar) -> bool:
    """What was named in the same sentence is what its pronoun means."""
    return (GERMAN_THING if grammar is GERMAN else ENGLISH_THING).search(before) is not None


def _thing(about: str, grammar: Grammar) -> str:
    """Return what the question is about, as it stands there."""
    if grammar is ENGLISH:
        found = ENGLISH_THING.search(about)
        words = found.group().split() if found else []
        before = about[: found.start()].split() if found else []
        describes = len(words) > 2 and bool(before) and before[-1].lower() in {"is", "are", "does"}  # noqa: PLR2004  # article and noun
        return " ".join(words[:-1] if describes else words)
    for one in (*GERMAN_THING.finditer(about), *GERMAN_NAME.finditer(about)):
        if not GERMAN_BEFORE.search(about[: one.start()]):
            return one.group()
    return ""


def _added(about: str, aspect: str, grammar: Grammar) -> str:
    first, _, rest = aspect.partition(" ")
    is_sentence = (
        grammar.verb.match(aspect) or grammar.bare.match(aspect) or first.lower() in {"und", "and"}
    )
    start = first[:1].lower() + first[1:] if is_sentence and first != "I" else first
    return _asked(f"{about}{_DASH}{start} {rest}")


def _asked(text: str) -> str:
    whole = _SPACE.sub(" ", text).strip()
    return f"{whole[:1].upper()}{whole[1:]}?"
