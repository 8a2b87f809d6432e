"""What makes a text something to do: steps with names, blocks for devices, terms explained.

Works on the blocks of an article before they become HTML; everything added here is ours, and what
the article says is only looked at.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from desk.terms import Term, Terms
from kb.articles import conditions, devices
from kb.articles.devices import Names
from kb.config import Locale
from kb.glossary.queries import Explained
from kb.text import slugify
from retrieval.index.plain import plain

STEP: dict[Locale, str] = {"de": "schritt", "en": "step"}
"""How the address of a step begins."""
ALL = "all"
"""What `?device=` says for every device at once."""


@dataclass(frozen=True)
class Device:
    """A device some part of the article is for."""

    key: str
    label: str


@dataclass(frozen=True)
class Step:
    """One numbered step."""

    anchor: str
    text: str
    devices: Names
    section: str
    """Anchor of the heading it stands under."""


@dataclass(frozen=True)
class Wearer:
    """For whom a page is made: its language, the device they asked for or seem to use."""

    locale: Locale
    asked: str = ""
    guessed: str = ""


@dataclass
class Dressing:
    """Dresses one article; afterwards it knows what stands in it."""

    wearer: Wearer
    glossary: Sequence[Explained] = ()
    link: str = ""
    """What the link to a step is called, with `{number}` in it; empty: there is none."""
    devices: list[Device] = field(default_factory=list)
    chosen: str = ""
    """Key of the device the page is shown for; empty: for all of them."""
    steps: list[list[Step]] = field(default_factory=list)
    """One list for every list of steps."""
    terms: list[Term] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def __call__(self, tokens: list[Token]) -> list[Token]:
        """Dress the blocks of the article."""
        self._choose(tokens)
        self._taken = {str(token.attrGet("id")) for token in tokens if token.attrGet("id")}
        section, outside = "", []
        for place, token, names in conditions.top_level(tokens):
            if token.type == f"{conditions.BLOCK}_open":
                outside.append(section)
            elif token.type == f"{conditions.BLOCK}_close":
                section = outside.pop()
            elif token.type == "heading_open":
                section = str(token.attrGet("id") or "")
            elif token.type == "ordered_list_open":
                self._name_steps(tokens, place, names, section)
        terms = Terms(self.glossary)
        terms.mark(tokens)
        self.terms = list(terms.found.values())
        return [part for place in range(len(tokens)) for part in self._for_devices(tokens, place)]

    def is_hidden(self, names: Names) -> bool:
        """Say whether what is for these devices is out of sight at first."""
        return bool(names and self.chosen) and self.chosen not in map(devices.key, names)

    def keys(self, names: Names) -> str:
        """Return the devices as a page names them to its scripts."""
        return " ".join(map(devices.key, names))

    def longest_way(self) -> int:
        """Return how many steps a reader takes at most, who takes those for one device."""
        counted = Counter(step.devices for steps in self.steps for step in steps)
        return counted[()] + max((n for names, n in counted.items() if names), default=0)

    def _choose(self, tokens: Sequence[Token]) -> None:
        every = [token for token in tokens if token.type == f"{conditions.BLOCK}_open"]
        for token in tokens:
            every += [c for c in token.children or () if c.type == f"{conditions.PART}_open"]
        names = dict.fromkeys(name for token in every for name in conditions.of(token))
        self.devices = [Device(devices.key(name), devices.label(name)) for name in names]
        known = {device.key for device in self.devices}
        wanted = self.wearer.asked or self.wearer.guessed
        self.chosen = wanted if wanted in known else ""

    def _name_steps(self, tokens: Sequence[Token], place: int, names: Names, section: str) -> None:
        """Give every step of a list an address; the first list of a page has the shortest."""
        items = _items(tokens, place)
        first = int(str(tokens[place].attrGet("start") or 1))
        numbers = range(first, first + len(items))
        if len(items) + first <= 2:  # noqa: PLR2004  # one step alone is no list of steps
            return
        word = STEP[self.wearer.locale]
        prefix = next(
            prefix
            for prefix in self._prefixes(names, section)
            if not {f"{prefix}{word}-{number}" for number in numbers} & self._taken
        )
        tokens[place].attrSet("class", "steps")
        named = []
        for number, item in zip(numbers, items, strict=True):
            anchor = f"{prefix}{word}-{number}"
            named.append(Step(anchor, item.text, names, section))
            item.opening.attrSet("id", anchor)
            if self.link:
                item.add(_link(anchor, self.link.format(number=number)))
        self._taken |= {step.anchor for step in named}
        self.steps.append(named)

    def _prefixes(self, names: Names, section: str) -> list[str]:
        device = f"{devices.key(names[0])}-" if names else ""
        under = f"{section}-" if section else ""
        more = [f"{under}{number}-" for number in range(2, len(self._taken) + 3)]
        return ["", *(prefix for prefix in (under, device, under + device) if prefix), *more]

    def _for_devices(self, tokens: Sequence[Token], place: int) -> list[Token]:
        """Say for whom a part is, unless the heading it begins with says so."""
        token = tokens[place]
        if token.type == f"{conditions.BLOCK}_open":
            self._mark(token)
            return [token] if _is_named(tokens, place) else [token, *_label(token)]
        for child in token.children or ():
            if child.type == f"{conditions.PART}_open":
                self._mark(child)
                child.attrSet("data-label", _labels(child))
        return [token]

    def _mark(self, token: Token) -> None:
        names = conditions.of(token)
        token.attrSet("class", "for")
        token.attrSet("data-for", self.keys(names))
        if self.is_hidden(names):
            token.attrSet("hidden", "")


def _labels(token: Token) -> str:
    return " · ".join(map(devices.label, conditions.of(token)))


def _label(token: Token) -> list[Token]:
    words = Token("text", "", 0, content=_labels(token))
    return [
        Token("paragraph_open", "p", 1, attrs={"class": "for__label"}, block=True),
        Token("inline", "", 0, content=words.content, children=[words]),
        Token("paragraph_close", "p", -1, block=True),
    ]


def _is_named(tokens: Sequence[Token], place: int) -> bool:
    heading, said = tokens[place + 1 : place + 3]
    names = conditions.of(tokens[place])
    return heading.type == "heading_open" and devices.named_in(said.content, names) == names


@dataclass
class _Item:
    """A step as it stands among the blocks: where it opens, and what it says."""

    opening: Token
    said: list[Token] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(plain(token.content) for token in self.said)

    def add(self, tokens: Sequence[Token]) -> None:
        """Put something behind the first thing it says."""
        if self.said:
            self.said[0].children = [*(self.said[0].children or ()), *tokens]


def _items(tokens: Sequence[Token], place: int) -> list[_Item]:
    """Return the items of the list that opens here."""
    level = tokens[place].level
    items: list[_Item] = []
    for token in tokens[place + 1 :]:
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            items.append(_Item(token))
        elif token.type == "inline":
            items[-1].said.append(token)
    return items


def _link(anchor: str, name: str) -> list[Token]:
    attributes: dict[str, str | int | float] = {
        "class": "step__link",
        "href": f"#{anchor}",
        "aria-label": name,
    }
    return [
        Token("step_link_open", "a", 1, attrs=attributes),
        Token("step_link_close", "a", -1),
    ]


def asked_for(device: str) -> str:
    """Return the device of an address as a key, whatever somebody wrote there."""
    return slugify(device[:60], fallback="") if device else ""
