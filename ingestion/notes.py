"""Notes, tips and warnings of every dialect become a block quote that starts with a bold label."""

import re

from ingestion import masking

_LABELS = {
    "note": ("Hinweis", "Note"),
    "info": ("Hinweis", "Note"),
    "hint": ("Tipp", "Tip"),
    "tip": ("Tipp", "Tip"),
    "important": ("Wichtig", "Important"),
    "caution": ("Vorsicht", "Caution"),
    "warning": ("Achtung", "Warning"),
    "danger": ("Achtung", "Warning"),
    "attention": ("Achtung", "Warning"),
}
_KINDS = "|".join(_LABELS)
_ALERT = re.compile(
    rf"(?P<lead>\s*(?:>[ \t]*)+)\[!(?P<kind>{_KINDS})\][ \t]*(?P<rest>.*)", re.IGNORECASE
)
_INLINE = re.compile(rf"\[!({_KINDS})\]", re.IGNORECASE)
_CONTAINER = re.compile(
    rf"(?P<lead> *):::+ *(?P<kind>{_KINDS})\b(?P<title>[^:]{{0,200}})", re.IGNORECASE
)
_CLOSED = re.compile(r" *:::+ *")
_INDENTED = re.compile(
    rf"(?P<lead> *)(?:!!!|\?\?\?\+?) +(?P<kind>{_KINDS})\b(?P<title>.{{0,200}})", re.IGNORECASE
)
_NO_TEXT = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s|[#|>]|\[!")
_CONTENT = re.compile(r"\s*(?:>[ \t]?)+")


def to_quotes(text: str, *, locale: str) -> str:
    """Rewrite the notes of a masked Markdown text."""
    if "[!" not in text and ":::" not in text and "!!!" not in text and "???" not in text:
        return text
    lines, kept, at = text.split("\n"), [], 0
    while at < len(lines):
        taken, written = _note(lines, at, locale)
        kept += written
        at += taken
    joined = "\n".join(kept)
    return _INLINE.sub(lambda found: f"**{_label(found.group(1), locale)}:**", joined)


def _note(lines: list[str], at: int, locale: str) -> tuple[int, list[str]]:
    line = lines[at]
    if found := _ALERT.fullmatch(line):
        return _alert(found, lines[at + 1 : at + 2], locale)
    if found := _CONTAINER.fullmatch(line):
        end = next((n for n in range(at + 1, len(lines)) if _CLOSED.fullmatch(lines[n])), None)
        if end is not None:
            return end + 1 - at, _quoted(found, lines[at + 1 : end], locale)
    if found := _INDENTED.fullmatch(line):
        inner = " " * (len(found["lead"]) + 4)
        end = at + 1
        while end < len(lines) and (lines[end].startswith(inner) or not lines[end].strip()):
            end += 1
        body = [entry[len(inner) :] for entry in lines[at + 1 : end]]
        return end - at, [*_quoted(found, body, locale), ""]
    return 1, [line]


def _alert(found: re.Match[str], following: list[str], locale: str) -> tuple[int, list[str]]:
    lead = found["lead"].rstrip() + " "
    start = f"{lead}**{_label(found['kind'], locale)}:**"
    if found["rest"].strip():
        return 1, [f"{start} {found['rest'].strip()}"]
    after = following[0] if following else ""
    mark = _CONTENT.match(after)
    content = after[mark.end() :].strip(" \t") if mark else after.strip()
    if not content:
        return 1, [start]
    if _NO_TEXT.match(content) or masking.is_code(content):
        return 1, [start, lead.rstrip() if mark else ""]
    tail = "  " if after.endswith("  ") else ""
    return 2, [f"{start} {content}{tail}"]


def _quoted(found: re.Match[str], body: list[str], locale: str) -> list[str]:
    title = found["title"].strip(' "[]')
    label = title or _label(found["kind"], locale)
    inner = "\n".join(body).strip("\n").split("\n")
    first = inner[0].strip()
    joins = bool(first) and not _NO_TEXT.match(first) and not masking.is_code(first)
    opening = f"**{label.rstrip(':')}:**" + (f" {first}" if joins else "")
    rest = inner[1:] if joins else ["", *inner]
    lead = found["lead"]
    return ["", *(f"{lead}> {entry}".rstrip() for entry in [opening, *rest]), ""]


def _label(kind: str, locale: str) -> str:
    german, english = _LABELS[kind.lower()]
    return german if locale == "de" else english
