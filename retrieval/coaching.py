"""Make a coaching plan of an article: its own steps, in its own words and order, for one device.

Nothing is invented: every text of a plan is a slice of the article. What says what one sees goes
to what they should see, what says what to do if not goes there; whatever is neither stays with the
instruction it follows. An article without numbered steps is taken section by section.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.articles import conditions, devices
from kb.articles.devices import Names
from kb.text import Anchors
from retrieval.index.plain import plain
from retrieval.index.sentences import sentences
from retrieval.procedures import is_ours, items, labelled, set_apart, written
from retrieval.sayings import Saying, is_situation, is_trouble, saying

_parser = conditions.conditional(MarkdownIt("commonmark", {"html": False}).enable("table"))
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(/media/([0-9a-f]{32})\)")
_QUOTED = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_LONGEST_POINTER = 300


@dataclass(frozen=True)
class Derived:
    """One step: slices of the article."""

    instruction: str
    expectation: str = ""
    if_fails: str = ""
    alternative: str = ""
    note: str = ""
    image: str = ""
    image_text: str = ""
    section: str = ""
    anchor: str = ""
    origin: int = 0
    """Its place among all the steps of the article, whatever the device; from 1."""
    devices: Names = ()


@dataclass(frozen=True)
class Plan:
    """The steps of an article for one device, or for all where none is known."""

    steps: tuple[Derived, ...]
    hint: str = ""
    """The article's first words: where to look."""
    devices: Names = ()
    """Every device some part is for, to choose from."""
    otherwise: str = ""
    """What to do if nothing of it helped."""


@dataclass
class _Part:
    """What stands under one heading."""

    section: str = ""
    anchor: str = ""
    devices: Names = ()
    steps: list[Derived] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    """What has come since the last numbered step."""
    is_labelled: bool = False
    """A line of bold print says for which devices; that ends with the steps."""
    is_after: bool = False
    """Numbered steps have come already."""


def derive(markdown: str, *, device: str = "") -> Plan:
    """Return the plan of an article.

    >>> [step.expectation for step in derive("1. Öffnen Sie die App. Sie sehen Ihr Konto.").steps]
    ['Sie sehen Ihr Konto.']
    """
    parts = list(_parts(set_apart(markdown)))
    named = dict.fromkeys(name for part in parts for name in part.devices)
    named |= dict.fromkeys(name for part in parts for one in part.steps for name in one.devices)
    has_steps = any(part.steps for part in parts)
    found = [one for part in parts for one in (part.steps if has_steps else _of_prose(part))]
    found = [replace(one, origin=number) for number, one in enumerate(found, start=1)]
    kept = [one for one in found if _is_for(one.devices, device)]
    otherwise = _otherwise(parts) if has_steps else ""
    return Plan(tuple(kept), _hint(parts), tuple(named), otherwise)


def chosen(steps: Sequence[Derived], anchor: str) -> list[bool]:
    """Say of each step whether it belongs to the situation this part of the article is about.

    Parts for one situation each ("The light is red") exclude each other; others follow each other.
    """
    here = next((one for one in steps if anchor and one.anchor == anchor), None)
    if here is None or not is_situation(here.section):
        return [True] * len(steps)
    return [one.anchor == anchor or not is_situation(one.section) for one in steps]


def _parts(markdown: str) -> Iterator[_Part]:
    """Yield what stands under each heading, in order."""
    lines, anchors = markdown.split("\n"), Anchors()
    tokens = _parser.parse(markdown)
    part = _Part()
    outside: list[tuple[str, str, Names]] = []
    for place, token, names in conditions.top_level(tokens):
        if token.type == "heading_open":
            yield _finished(part)
            title = plain(tokens[place + 1].content)
            said = devices.named_in(title, devices.LABELS)
            part = _Part(title, anchors.of(title), names or said)
        elif token.type == "for_open":
            outside.append((part.section, part.anchor, part.devices))
        elif token.type == "for_close":
            was = outside.pop()
            if was != (part.section, part.anchor, part.devices):
                yield _finished(part)
                part = _Part(*was)
        elif token.map is not None:
            following = _labelled(part, token, written(lines, token), names)
            if following is not None:
                yield _finished(part)
                part = following
            _take(part, tokens, place, lines, names or part.devices)
    yield _finished(part)


def _labelled(part: _Part, token: Token, text: str, names: Names) -> _Part | None:
    """Return the part that begins where a line announces devices, or where that is over."""
    if token.type != "paragraph_open":
        return None
    said = labelled(text)
    if not said and not (part.is_labelled and part.is_after):
        return None
    return _Part(part.section, part.anchor, said or names, is_labelled=bool(said))


def _take(
    part: _Part, tokens: Sequence[Token], place: int, lines: Sequence[str], names: Names
) -> None:
    token = tokens[place]
    text = written(lines, token)
    match token.type:
        case "ordered_list_open":
            if token.attrs.get("start") and part.steps:
                _add_between(part)
            for item in items(tokens, place, lines):
                part.steps += [] if is_ours(item) else _steps(item, part, names)
            part.is_after, part.between = True, []
        case "bullet_list_open":
            part.points += items(tokens, place, lines)
        case "blockquote_open":
            part.notes.append(_QUOTED.sub("", text).strip())
        case "paragraph_open" if not labelled(text):
            part.texts.append(text)
            part.between.append(text)


def _add_between(part: _Part) -> None:
    """Give what stands between two numbers of one list to the step it follows."""
    told: dict[Saying, list[str]] = {}
    for text in part.between:
        told.setdefault(saying(text), []).append(text)
        part.texts.remove(text)
    last = part.steps[-1]
    seen, failing = told.pop(Saying.EXPECTATION, []), told.pop(Saying.IF_FAILS, [])
    rest = [text for texts in told.values() for text in texts]
    part.steps[-1] = replace(
        last,
        expectation=" ".join(filter(None, (last.expectation, *seen))),
        if_fails=" ".join(filter(None, (last.if_fails, *failing))),
        note="\n\n".join(filter(None, (last.note, *rest))),
    )


def _finished(part: _Part) -> _Part:
    """Put what stands around the steps of a part where it is needed."""
    if part.steps and part.notes:
        first = part.steps[0]
        told = "\n\n".join(filter(None, (first.note, *part.notes)))
        part.steps[0] = replace(first, note=told)
    if part.steps and (after := [one for one in part.texts if saying(one) is Saying.IF_FAILS]):
        last = part.steps[-1]
        told = "\n\n".join(filter(None, (last.if_fails, *after)))
        part.steps[-1] = replace(last, if_fails=told)
    return part


def _steps(item: str, part: _Part, names: Names) -> Iterator[Derived]:
    """Yield the step of a list item, one for each device it says something else to."""
    for named, text in conditions.variants(item, names):
        step = _step(text)
        if step is not None:
            about = {"section": part.section, "anchor": part.anchor, "devices": named}
            yield replace(step, **about)  # type: ignore[arg-type]


def _step(text: str) -> Derived | None:
    """Sort the sentences of one item."""
    lines, told = text.split("\n"), dict[Saying, list[str]]()
    image, image_text = "", ""
    tokens = _parser.parse(text)
    for token in (one for one in tokens if one.level == 0 and one.map is not None):
        block = written(lines, token)
        for found in _IMAGE.finditer(block):
            image, image_text = image or found.group(2), image_text or found.group(1)
        block = _IMAGE.sub("", block).strip()
        if token.type == "blockquote_open":
            told.setdefault(Saying.NOTE, []).append(_QUOTED.sub("", block).strip())
        elif token.type != "paragraph_open":
            told.setdefault(Saying.INSTRUCTION, []).append("\n\n" + block)
        else:
            _sort(block, told)
    if Saying.INSTRUCTION not in told:
        return None
    return Derived(
        instruction=_joined(told[Saying.INSTRUCTION]),
        expectation=_joined(told.get(Saying.EXPECTATION, [])),
        if_fails=_joined(told.get(Saying.IF_FAILS, [])),
        alternative=_joined(told.get(Saying.OTHER_WAY, [])),
        note="\n\n".join(told.get(Saying.NOTE, [])),
        image=image,
        image_text=image_text,
    )


def _sort(paragraph: str, told: dict[Saying, list[str]]) -> None:
    for number, sentence in enumerate(sentences(paragraph)):
        is_first = number == 0 and Saying.INSTRUCTION not in told
        kind = Saying.INSTRUCTION if is_first else saying(sentence)
        if kind is Saying.INSTRUCTION_TO_DO:
            kind = Saying.INSTRUCTION
        told.setdefault(kind, []).append(sentence)


def _of_prose(part: _Part) -> Iterator[Derived]:
    """Yield the points of a section that say what to do; else the section is one thing to read."""
    if is_trouble(part.section):
        return
    doing = [one for one in part.points if saying(one) is Saying.INSTRUCTION_TO_DO]
    if doing:
        for point in doing:
            yield from _steps(point, part, part.devices)
    elif part.section and part.texts:
        text = "\n\n".join([*part.texts, *(f"- {one}" for one in part.points)])
        step = Derived(text, section=part.section, anchor=part.anchor, devices=part.devices)
        yield replace(step, note="\n\n".join(part.notes))


def _otherwise(parts: Sequence[_Part]) -> str:
    """Return what to do if nothing of it helped."""
    told = [
        text
        for part in parts
        if is_trouble(part.section) and not part.steps
        for text in (*part.texts, "\n".join(f"- {one}" for one in part.points))
    ]
    return "\n\n".join(filter(None, told))


def _hint(parts: Sequence[_Part]) -> str:
    """Return the first words, as far as they point somewhere."""
    lead = next((text for part in parts for text in part.texts if not part.is_after), "")
    pointer = ""
    for sentence in sentences(lead):
        if pointer and len(pointer) + len(sentence) > _LONGEST_POINTER:
            break
        pointer = f"{pointer} {sentence}".strip()
    return pointer


def _is_for(names: Names, device: str) -> bool:
    return not device or not names or device in names


def _joined(told: Sequence[str]) -> str:
    """Put sentences side by side; blocks that stand apart stay apart."""
    return " ".join(told).replace(" \n\n", "\n\n").strip()
