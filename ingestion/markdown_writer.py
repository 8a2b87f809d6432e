"""Writes an HTML tree as CommonMark with tables: plain to read, as little escaped as needed."""

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*`]|(?<!\w)_|_(?!\w)")
_HEADING_MARK = re.compile(r"^(#{1,6})(?=\s|$)", re.MULTILINE)
_PLACE = re.compile("\ue002([^\ue002\ue003]{1,200})\ue003")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LANGUAGE = re.compile(r"(?:highlight-|language-|lang-)([\w+-]{1,30})")


def place(name: str) -> str:
    """Return a mark that survives conversion and becomes an anchor for `headings.outline`."""
    return f"\ue002{name}\ue003"


def write(root: Tag) -> str:
    """Turn a tree into Markdown.

    Raises:
        RecursionError: it is nested too deeply.
    """
    converter = _Writer(
        heading_style=ATX,
        bullets="-",
        autolinks=False,
        table_infer_header=True,
        code_language_callback=_language,
    )
    return _PLACE.sub(r'<a id="\1"></a>', str(converter.convert_soup(root)))


class _Writer(MarkdownConverter):
    def escape(self, text: str, parent_tags: object) -> str:
        del parent_tags
        return _HEADING_MARK.sub(r"\\\1", _ESCAPED.sub(r"\\\g<0>", text))

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        label = " ".join(text.split())
        href = str(el.get("href") or "").strip()
        if not label or not href or "_noformat" in parent_tags:
            return text
        before = " " if text[:1].isspace() else ""
        after = " " if text[-1:].isspace() else ""
        return f"{before}[{label}]({_address(href)}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        del text, parent_tags
        alt = re.sub(r"[\[\]\s]+", " ", str(el.get("alt") or "")).strip()
        source = str(el.get("src") or "").strip()
        return (
            alt if not source or source[:5].lower() == "data:" else f"![{alt}]({_address(source)})"
        )

    def convert_kbd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(_inherited(self, "convert_code")(el, text, parent_tags))

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        del el, parent_tags
        return text.translate(_SUPERSCRIPTS) if text.isdigit() else text

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(_inherited(self, "convert_td")(el, _cell(text), parent_tags))

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(_inherited(self, "convert_th")(el, _cell(text), parent_tags))

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        fenced = str(_inherited(self, "convert_pre")(el, text, parent_tags))
        return fenced.replace("```", "~~~~") if text.count("```") else fenced


def _inherited(writer: _Writer, name: str) -> Callable[..., object]:
    """Return the vendor's own method: it has more of them than its type stubs say."""
    method: Callable[..., object] = getattr(super(_Writer, writer), name)
    return method


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _address(href: str) -> str:
    return (
        f"<{href.replace('<', '%3C').replace('>', '%3E')}>" if re.search(r"[\s()]", href) else href
    )


def _language(pre: Tag) -> str:
    tags = [tag for tag in (pre, *list(pre.parents)[:2], pre.find("code")) if isinstance(tag, Tag)]
    for tag in tags:
        if type(tag) is BeautifulSoup:
            continue
        found = _LANGUAGE.search(
            " ".join(tag.get_attribute_list("class")) if tag.get("class") else ""
        )
        if found and found.group(1) not in {"default", "none", "text", "notranslate"}:
            return found.group(1)
    return ""
