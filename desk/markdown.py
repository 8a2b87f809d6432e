"""Markdown to HTML that cannot hurt: no HTML in, an explicit list of HTML out.

Links lead to our own articles or, marked as such, to another site; images are our own. Whatever
leads elsewhere is shown as its text. Headings carry the same anchors the index gives them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup
from sqlmodel import Session

from kb.access import Viewer
from kb.articles import conditions, pictures, policy, queries
from kb.articles.devices import Names
from kb.articles.pictures import Size
from kb.text import Anchors
from retrieval.index.plain import plain

_ARTICLE = re.compile(r"article:([0-9a-f]{16})(?:#([\w-]{1,100}))?")
_OWN_PAGE = re.compile(r"/(?:de|en)/[a-z0-9/_-]*(?:#[\w-]+)?|#[\w-]+")
_OUTSIDE = re.compile(r"https?://[^\s/?#]+\.[^\s]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]»“”'’*]")
"""An address as it stands in a sentence: what ends the sentence is no part of it."""
_OWN_IMAGE = re.compile(r"/media/([0-9a-f]{32})")
_CALLOUTS = {"hinweis": "note", "note": "note", "achtung": "warning", "warning": "warning"}
_CALLOUT = re.compile(r"\*\*(\w+):?\*\*:?")
_ALIGN = re.compile(r"text-align:(left|right|center)")
_TABLE_HEAD = re.compile(r"^[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$", re.MULTILINE)
_ROW = re.compile(r"[ \t]*\|(.+)\|[ \t]*")
_POINT = re.compile(r"[ \t]*[-*+][ \t]|#{1,6} ")
_NO_DOT = re.compile(r"(?<=[.!?:;…]) ·(?= )")
_DEEPEST = 6
_IN_MESSAGE = 4
"""Heading level inside a message."""

_ATTRIBUTES = {
    "a": {"href", "rel", "hreflang", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "li": {"id"},
    "div": {"tabindex", "role", "data-for", "hidden"},
    "span": {"data-for", "data-label", "hidden"},
    "button": {"type", "popovertarget"},
} | {f"h{level}": {"id"} for level in range(2, 7)}
_CLASSES = {
    "a": {"step__link"},
    "blockquote": {"callout", "callout--note", "callout--warning"},
    "div": {"table-scroll", "for"},
    "span": {"for"},
    "p": {"for__label"},
    "ol": {"steps"},
    "button": {"term"},
    "th": {"align-left", "align-right", "align-center"},
    "td": {"align-left", "align-right", "align-center"},
}
_TAGS = set(
    "p br hr strong em s code pre blockquote ul ol li table thead tbody tr th td div span a img "
    "button h2 h3 h4 h5 h6".split()
)


@dataclass(frozen=True)
class Heading:
    """An entry for the table of contents."""

    level: int
    text: str
    anchor: str
    devices: Names = ()
    """Those it is for; none: for all."""


@dataclass(frozen=True)
class Rendered:
    """HTML to put on a page, and the headings in it."""

    html: Markup
    headings: Sequence[Heading] = ()


@dataclass(frozen=True)
class Links:
    """Where articles are, by public id, for readers of one language; and how large images are."""

    locale: str
    slugs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sizes: Mapping[str, Size] = field(default_factory=dict)

    def address(self, public_id: str, anchor: str) -> str:
        """Return the article's page, in the reader's language if there is one."""
        known = self.slugs.get(public_id, {})
        locale = self.locale if self.locale in known else next(iter(known), "")
        return policy.address(locale, known[locale], anchor) if locale else ""


Dress = Callable[[list[Token]], list[Token]]
"""What a page does with the blocks of an article before they become HTML."""


def parse(markdown: str) -> list[Token]:
    """Return the blocks of an article, each with what stands in it."""
    return _articles.parse(markdown)


def links(session: Session, viewer: Viewer, locale: str, bodies: Iterable[str]) -> Links:
    """Look up every article the bodies link to, and every image in them, in a query each."""
    texts = list(bodies)
    ids = {found.group(1) for text in texts for found in _ARTICLE.finditer(text)}
    images = {found.group(1) for text in texts for found in _OWN_IMAGE.finditer(text)}
    slugs = queries.slugs(session, viewer, ids) if ids else {}
    return Links(locale, slugs, pictures.sizes(session, images) if images else {})


def render(markdown: str, where: Links, *, top: int = 2, dress: Dress | None = None) -> Rendered:
    """Render Markdown so that its highest heading has level `top`.

    Headings inside a quote or a message get no anchors: `top` above 2 means a part of a page.
    """
    return _render(_articles, markdown, where, top, dress)


def render_message(text: str, where: Links) -> Markup:
    """Render what staff wrote to somebody: lines end where they end, addresses can be tapped."""
    return _render(_messages, text, where, _IN_MESSAGE).html


def _render(
    parser: MarkdownIt, markdown: str, where: Links, top: int, dress: Dress | None = None
) -> Rendered:
    tokens = parser.parse(markdown)
    headings = _place_headings(tokens, top)
    for token in tokens:
        if token.type == "inline":
            token.children = _safe_inline(token.children or [], where)
        elif token.type in {"th_open", "td_open"}:
            _class_for_style(token)
    _mark_callouts(tokens)
    tokens = dress(tokens) if dress else tokens
    html = parser.renderer.render(_wrap_tables(tokens), parser.options, {})
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    return Rendered(Markup(safe), headings)  # noqa: S704  # nh3 has cleaned it


def excerpt(markdown: str, *, limit: int = 220) -> str:
    """Return the beginning as plain words, cut at a word; rows and points are kept apart."""
    lines = _TABLE_HEAD.sub("", markdown).splitlines()
    told = " ".join(part for line in lines for part in _apart(line)).strip(" ·")
    words = _NO_DOT.sub("", " ".join(told.split()))
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip(",;:–-") + " …"


def _apart(line: str) -> tuple[str, ...]:
    """Return the words of a line, after a dot where it begins something new."""
    if row := _ROW.fullmatch(line):
        first, *rest = (plain(cell) for cell in row.group(1).split("|"))
        return ("·", f"{first}: {', '.join(rest)}" if rest else first)
    return ("·", plain(line)) if _POINT.match(line) else (plain(line),)


def _place_headings(tokens: list[Token], top: int) -> list[Heading]:
    opened = [(at, token) for at, token in enumerate(tokens) if token.type == "heading_open"]
    named = {at: names for at, _, names in conditions.top_level(tokens)}
    shift = top - min((int(token.tag[1]) for _, token in opened), default=top)
    anchors, found = Anchors(), []
    for at, token in opened:
        level = min(_DEEPEST, int(token.tag[1]) + shift)
        token.tag = tokens[at + 2].tag = f"h{level}"
        if at in named and top == 2:  # noqa: PLR2004  # a whole page, see `render`
            text = plain(tokens[at + 1].content)
            heading = Heading(level, text, anchors.of(text), named[at])
            token.attrSet("id", heading.anchor)
            found.append(heading)
    return found


def _safe_inline(children: list[Token], where: Links) -> list[Token]:
    kept, open_links = [], []
    for token in children:
        if token.type == "link_open":
            open_links.append(_point(token, where))
            if not open_links[-1]:
                continue
        elif token.type == "link_close" and not open_links.pop():
            continue
        elif token.type == "image":
            kept.append(_own_image(token, where))
            continue
        kept.append(token)
    return kept


def _point(token: Token, where: Links) -> bool:
    """Make the link lead where it may; say no if it may lead nowhere."""
    target = str(token.attrGet("href") or "")
    token.attrs = {}
    if found := _ARTICLE.fullmatch(target):
        target = where.address(found.group(1), found.group(2) or "")
    elif _OUTSIDE.fullmatch(target):
        token.attrs = {"rel": "noopener noreferrer nofollow"}
    elif not _OWN_PAGE.fullmatch(target):
        target = ""
    token.attrSet("href", target)
    return bool(target)


def _own_image(token: Token, where: Links) -> Token:
    """Let an image come when it is near; the room for it is kept from the beginning."""
    found = _OWN_IMAGE.fullmatch(str(token.attrGet("src") or ""))
    if not found:
        return Token("text", "", 0, content=token.content)
    token.attrSet("loading", "lazy")
    if size := where.sizes.get(found.group(1)):
        token.attrs |= {"width": size.width, "height": size.height}
    return token


def _class_for_style(token: Token) -> None:
    """Turn the parser's inline style, which our pages forbid, into a class."""
    found = _ALIGN.search(str(token.attrGet("style") or ""))
    token.attrs = {"class": f"align-{found.group(1)}"} if found else {}


def _mark_callouts(tokens: list[Token]) -> None:
    for at, token in enumerate(tokens[:-2]):
        if token.type != "blockquote_open" or tokens[at + 2].type != "inline":
            continue
        found = _CALLOUT.match(tokens[at + 2].content)
        kind = _CALLOUTS.get(found.group(1).lower()) if found else None
        if kind:
            token.attrSet("class", f"callout callout--{kind}")


def _wrap_tables(tokens: list[Token]) -> list[Token]:
    """Let a wide table scroll in a box of its own, also by keyboard."""
    wrapped: list[Token] = []
    for token in tokens:
        if token.type == "table_open":
            box = Token("table_box", "div", 1, block=True)
            box.attrs = {"class": "table-scroll", "tabindex": "0", "role": "group"}
            wrapped += [box, token]
        elif token.type == "table_close":
            wrapped += [token, Token("table_box", "div", -1, block=True)]
        else:
            wrapped.append(token)
    return wrapped


def _link_addresses(state: StateCore) -> None:
    """Make links of addresses that stand in the text as such."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_with_links(token.children or []))


def _with_links(children: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in children:
        depth += token.nesting if token.type.startswith("link_") else 0
        if token.type == "text" and not depth:
            yield from _linked(token.content)
        else:
            yield token


def _linked(text: str) -> Iterator[Token]:
    start = 0
    for found in _ADDRESS.finditer(text):
        yield Token("text", "", 0, content=text[start : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found.group()})
        yield Token("text", "", 0, content=found.group())
        yield Token("link_close", "a", -1)
        start = found.end()
    yield Token("text", "", 0, content=text[start:])


def _parser(*, breaks: bool) -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": breaks})
    return made.enable(["table", "strikethrough"])


_articles = conditions.conditional(_parser(breaks=False))
_messages = _parser(breaks=True)
_messages.core.ruler.push("addresses", _link_addresses)
