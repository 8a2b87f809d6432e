"""HTML nobody has checked becomes Markdown: what is read stays, what surrounds and runs goes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from ingestion import headings, markdown_writer
from ingestion.records import Unreadable

_DEEPEST = 150
_NOISE = (
    "script, style, noscript, template, iframe, object, embed, form, button, input, select, "
    "nav, svg, math, audio, video, link, meta, a.headerlink, a.viewcode-link, div.related, "
    "div.sphinxsidebar, nav.contents, div.contents.topic, aside.topic, div.breadcrumb, "
    "ul.breadcrumbs, div.rst-footer-buttons, div.footer, [role=navigation], [role=search], "
    "[aria-hidden=true], [hidden]"
)
_OUTSIDE = "header, footer, aside:not(.admonition)"
_MAIN = ("div[role=main]", "main", "[itemprop=articleBody]", "article", "div.body", "#content")
_ADMONITION = "div.admonition, aside.admonition"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "ul", "ol", "dl", "pre", "table", "blockquote", "div", "section")
_BULLET = "• "
_WRAPPED = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True)
class HtmlPage:
    """An HTML page as Markdown."""

    title: str
    body: str
    locale: str = ""
    description: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)


def page(html: str) -> HtmlPage:
    """Read a whole page: its main content, its title, what it says of itself.

    Raises:
        Unreadable: it is nested too deeply, or there is nothing in it.
    """
    soup = _parsed(html)
    root = soup.find("html")
    head_title = soup.title.get_text(" ", strip=True) if soup.title else ""
    about = soup.find("meta", attrs={"name": "description"})
    main = _main(soup)
    _name_places(main)
    found = headings.outline(_markdown(main))
    if not found.title and not found.body.strip():
        raise Unreadable("has no readable content")
    return HtmlPage(
        title=found.title or _topic(head_title),
        body=found.body,
        locale=_attribute(root, "lang"),
        description=_attribute(about, "content"),
        anchors=found.anchors,
    )


def _topic(head_title: str) -> str:
    """Return what the head calls the page, without the name of the site."""
    topic = re.split(r"\s+[—–|·-]\s+", head_title, maxsplit=1)[0]
    return "" if topic == "<no title>" else topic


def fragment(html: str) -> str:
    """Turn a piece of HTML into Markdown.

    Raises:
        Unreadable: it is nested too deeply.
    """
    return _markdown(_parsed(html))


def is_generated(html: str) -> bool:
    """Tell a search page or an index, which is no article, by what Sphinx writes into it."""
    return 'id="search-results"' in html[:200_000] or 'class="genindex-jumpbox"' in html[:200_000]


def _parsed(html: str) -> BeautifulSoup:
    soup = BeautifulSoup(html, "lxml")
    node, depth = soup.next_element, 0
    deepest: dict[int, int] = {id(soup): 0}
    while node is not None:
        if isinstance(node, Tag):
            depth = deepest.get(id(node.parent), 0) + 1
            deepest[id(node)] = depth
            if depth > _DEEPEST:
                raise Unreadable("is nested too deeply")
        node = node.next_element
    return soup


def _main(soup: BeautifulSoup) -> Tag:
    for selector in _MAIN:
        if found := soup.select_one(selector):
            return found
    for outside in soup.select(_OUTSIDE):
        outside.decompose()
    return soup.body or soup


def _markdown(root: Tag) -> str:
    for hidden in root.find_all(string=lambda text: isinstance(text, PreformattedString)):
        hidden.extract()
    for noise in root.select(_NOISE):
        noise.decompose()
    _mend(root)
    for admonition in root.select(_ADMONITION):
        _quote(admonition)
    for term in root.find_all(["dt", "summary", "legend"]):
        _bold_paragraph(term)
    for definition in root.find_all(["dl", "dd"]):
        definition.name = "div"
    for cell in root.find_all(["td", "th"]):
        _flatten(cell)
    try:
        return markdown_writer.write(root)
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error


def _mend(root: Tag) -> None:
    """Undo links that were never closed, and line breaks that mean nothing in HTML."""
    for link in root.find_all("a"):
        if link.find(["a", "li", *_BLOCKS]) is not None:
            link.unwrap()
    for text in root.find_all(string=_WRAPPED):
        if text.find_parent("pre") is None:
            text.replace_with(_WRAPPED.sub(" ", text))


def _quote(admonition: Tag) -> None:
    """A note is a block quote that starts with its kind, in bold."""
    title = admonition.select_one(".admonition-title")
    admonition.name, admonition.attrs = "blockquote", {}
    if title is None:
        return
    label = title.get_text(" ", strip=True).rstrip(":")
    title.decompose()
    bold = BeautifulSoup("", "lxml").new_tag("strong")
    bold.string = f"{label}:"
    first = admonition.find(True, recursive=False)
    if isinstance(first, Tag) and first.name == "p":
        first.insert(0, bold, " ")
    else:
        paragraph = BeautifulSoup("", "lxml").new_tag("p")
        paragraph.append(bold)
        admonition.insert(0, paragraph)


def _bold_paragraph(term: Tag) -> None:
    """What a definition defines stands in bold over it: CommonMark has no such lists."""
    if term.find(["strong", "b", *_BLOCKS]) is not None:
        term.name = "div" if term.find(list(_BLOCKS)) is not None else "p"
        return
    term.name = "p"
    bold = BeautifulSoup("", "lxml").new_tag("strong")
    for child in list(term.contents):
        bold.append(child.extract())
    term.append(bold)


def _flatten(cell: Tag) -> None:
    """A table cell is one line in Markdown: list entries get bullets, blocks a space."""
    for entry in cell.find_all("li"):
        entry.insert(0, _BULLET)
        entry.append(" ")
        entry.name = "span"
    for block in cell.find_all([*_BLOCKS, "br"]):
        block.insert_after(" ")
        block.unwrap()


def _name_places(main: Tag) -> None:
    """Carry every id into the Markdown as the mark that `headings.outline` reads."""
    for named in main.find_all(id=True):
        place = re.sub(r"[\"'<>\s]", "", _attribute(named, "id"))[:200]
        heading = named if named.name in _HEADINGS else named.find(list(_HEADINGS))
        opens = isinstance(heading, Tag) and (heading is named or _opens_with(named, heading))
        target = heading if opens and isinstance(heading, Tag) else named
        if place and (opens or named.name in {"span", "p", "li", "a", "div", "dt"}):
            target.insert(0, markdown_writer.place(place))


def _opens_with(section: Tag, heading: Tag) -> bool:
    before = section.find(True)
    while isinstance(before, Tag) and before is not heading:
        if before.get_text(strip=True) and heading not in before.descendants:
            return False
        before = before.find_next(True)
    return before is heading


def _attribute(tag: object, name: str) -> str:
    value = tag.get(name) if isinstance(tag, Tag) else None
    return value if isinstance(value, str) else ""
