"""What is pasted from Word, Google or a web page becomes Markdown, and nothing but Markdown."""

import re

from bs4 import BeautifulSoup, Tag

from ingestion import clean, html

_MARKER = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:\d+|[a-z]|[ivx]+)[.)]", re.IGNORECASE)
_NOT_OURS = re.compile(r"!\[([^\]\n]*)\]\((?!/media/[0-9a-f]{32}\))[^)\n]*\)")
_EMPTY = re.compile(r"\*\*\s*\*\*|(?<!\w)__(?!\w)")
_CONDITIONAL = re.compile(r"<!--\[if.*?<!\[endif\]-->|<!\[(?:if|endif)[^>]*>", re.DOTALL)


def as_markdown(pasted: str) -> str:
    """Return a fragment of HTML as Markdown; images elsewhere become their words.

    Raises:
        Unreadable: it is nested too deeply.
    """
    soup = BeautifulSoup(_CONDITIONAL.sub("", pasted), "lxml")
    for bold in soup.find_all(["b", "strong"], style=re.compile("font-weight:\\s*normal")):
        bold.unwrap()
    for office in soup.find_all(re.compile("^[a-z]+:")):
        office.unwrap()
    _word_lists(soup)
    body = soup.body or soup
    markdown = html.fragment(body.decode_contents())
    return clean.body(_EMPTY.sub("", _NOT_OURS.sub(r"\1", markdown)))


def _word_lists(soup: BeautifulSoup) -> None:
    """Make lists of Word's paragraphs, which only look like lists."""
    open_list: Tag | None = None
    last: Tag | None = None
    for paragraph in soup.find_all("p"):
        marker = paragraph.find("span", style=_MARKER)
        if not isinstance(marker, Tag):
            open_list = None
            continue
        name = "ol" if _NUMBER.match(marker.get_text()) else "ul"
        marker.decompose()
        is_next = last is not None and _before(paragraph) is open_list
        if open_list is None or open_list.name != name or not is_next:
            open_list = soup.new_tag(name)
            paragraph.insert_before(open_list)
        paragraph.name, paragraph.attrs = "li", {}
        open_list.append(paragraph.extract())
        last = paragraph


def _before(paragraph: Tag) -> Tag | None:
    found = paragraph.find_previous_sibling(True)
    return found if isinstance(found, Tag) else None
