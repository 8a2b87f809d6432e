"""HTML inside Markdown becomes Markdown: pages never show raw HTML. Works on masked text."""

import re

from ingestion import html

_BLOCK = re.compile(r" {0,3}<(table|ul|ol|dl|figure)[\s>]", re.IGNORECASE)
_WRAPPERS = "div|p|section|details|center|article|main|header|footer|picture|source|tbody|thead"
_INLINE = (
    "a|abbr|acronym|b|big|bdi|cite|code|del|dfn|em|font|i|ins|kbd|label|li|mark|ol|q|s|samp|small"
    "|span|strike|strong|sub|summary|sup|td|th|time|tr|tt|u|ul|var|wbr|iframe|video|img|hr|table"
    "|dl|dt|dd|figure|figcaption|object|embed|form|input|button"
)
_TAG = re.compile(rf"</?(?:{_WRAPPERS}|{_INLINE})(?:\s[^<>]{{0,1000}})?/?>", re.IGNORECASE)
_STRONG = re.compile(r"<(b|strong)>\s*([^<>\n]{1,1000}?)\s*</\1>", re.IGNORECASE)
_EMPHASIS = re.compile(r"<(i|em)>\s*([^<>\n]{1,1000}?)\s*</\1>", re.IGNORECASE)
_CODE = re.compile(r"<(kbd|code|samp|tt)>\s*([^<>`\n]{1,300}?)\s*</\1>", re.IGNORECASE)
_RAISED = re.compile(r"<sup>\s*(\d{1,4})\s*</sup>", re.IGNORECASE)
_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href=[\"']([^\"'<>\s]{1,1000})[\"'][^<>]{0,300}>([^<>]{1,500}?)</a>",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^ {0,3}<h([1-6])(?:\s[^<>]{0,300})?>([^\n]{1,500}?)</h\1>[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_IMAGE = re.compile(r"<img\s[^<>]{0,1500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(src|alt)=[\"']([^\"'<>]{0,1000})[\"']", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*(?:</?br\s*/?>[ \t]*)+", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENDS = ".!?:;,)|>-"


def without_hidden(text: str) -> str:
    """Drop comments, scripts and styles of a masked text, and turn HTML headings into ours."""
    for start, end in (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")):
        text = drop_between(text, start, end)
    return _HEADING.sub(lambda h: f"{'#' * int(h.group(1))} {h.group(2).strip()}", text)


def to_markdown(text: str) -> str:
    """Replace the HTML in a masked Markdown text. Named places must have been read before."""
    if "<" not in text:
        return text
    text = _blocks(text)
    text = _LINK.sub(r"[\2](\1)", text)
    text = _IMAGE.sub(_image, text)
    text = _CODE.sub(r"`\2`", text)
    text = _EMPHASIS.sub(r"*\2*", _STRONG.sub(r"**\2**", text))
    text = _RAISED.sub(lambda found: found.group(1).translate(_SUPERSCRIPTS), text)
    return "\n".join(_line(line) if "<" in line else line for line in text.split("\n"))


def drop_between(text: str, start: str, end: str) -> str:
    """Remove every stretch from `start` to `end`; an unclosed one stays."""
    folded = text.lower()
    if start not in folded or len(folded) != len(text):
        return text
    kept, at = [], 0
    while (opened := folded.find(start, at)) >= 0:
        closed = folded.find(end, opened + len(start))
        if closed < 0:
            break
        kept.append(text[at:opened])
        at = closed + len(end)
    return "".join([*kept, text[at:]])


def _line(line: str) -> str:
    is_row = line.lstrip(" >").startswith("|") or line.count("|") > 1
    if is_row:
        line = re.sub(r"<li[^<>]{0,200}>\s*", " • ", line, flags=re.IGNORECASE)
        line = _BREAK.sub(_break_in_row, line)
    else:
        line = _BREAK.sub(_break, line)
    if re.fullmatch(r"\s*<hr\s*/?>\s*", line, flags=re.IGNORECASE):
        return "\n---\n"
    return _TAG.sub("", line)


def _break(found: re.Match[str]) -> str:
    at_end = not found.string[found.end() :].strip()
    return "" if at_end or not found.string[: found.start()].strip() else "  \n"


def _break_in_row(found: re.Match[str]) -> str:
    """A table row is one line: what was a new line becomes a semicolon, unless a mark is there."""
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :].lstrip()
    plain = before[-1:] in _ENDS or after[:1] in {"|", "(", "•", "-", "<", ""} or not before
    return " " if plain else "; "


def _image(found: re.Match[str]) -> str:
    values = {name.lower(): value for name, value in _ATTRIBUTE.findall(found.group(0))}
    alt = re.sub(r"[\[\]]", " ", values.get("alt", ""))
    return f"![{alt}](<{values['src']}>)" if values.get("src") else alt


def _blocks(text: str) -> str:
    """Convert whole tables and lists written in HTML."""
    lines, kept, at = text.split("\n"), [], 0
    while at < len(lines):
        found = _BLOCK.match(lines[at])
        end = _closing(lines, at, found.group(1).lower()) if found else None
        if end is None:
            kept.append(lines[at])
            at += 1
        else:
            kept += ["", html.fragment("\n".join(lines[at:end])).strip(), ""]
            at = end
    return "\n".join(kept)


def _closing(lines: list[str], start: int, name: str) -> int | None:
    depth = 0
    for at in range(start, min(len(lines), start + 2000)):
        folded = lines[at].lower()
        depth += folded.count(f"<{name}>") + folded.count(f"<{name} ") - folded.count(f"</{name}>")
        if depth <= 0:
            return at + 1
    return None
