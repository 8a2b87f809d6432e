"""What DocFX, Hugo, Jekyll and kramdown add to Markdown, brought back to CommonMark."""

import re

_COLONS = re.compile(r":::[ \t]?image[ \t]([^\n]{0,1500}?):::", re.IGNORECASE)
_NO_LOC = re.compile(
    r":::no-loc[^\n]{0,200}?text=\"([^\"\n]{0,300})\"[^\n]{0,200}?:::", re.IGNORECASE
)
_COLON_LINE = re.compile(r"^[ \t]*:::[ \t]*[\w-]+[^\n]{0,300}:::[ \t]*$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\b(source|src|alt-text|alt|caption|title)=\"([^\"\n]{0,1000})\"")
_VIDEO = re.compile(r"\[!VIDEO\s+([^\]\s]{1,500})\s*\]", re.IGNORECASE)
_CONTROL = re.compile(r"\[!UICONTROL\s+([^\]\n]{1,200})\]", re.IGNORECASE)
_OTHER = re.compile(
    r"\[!(?:div|code|DNL|BADGE|SNIPPET)[\w-]*[^\]\n]{0,300}\](?:\([^()\n]{0,300}\))?\]?"
)
_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"']?([^\"'\s{}]{1,300})[\"']?\s*[>%]\}\}")
_FIGURE = re.compile(r"\{\{[<%]\s*figure\s+([^{}\n]{1,1000}?)\s*/?[>%]\}\}")
_SHORTCODE = re.compile(r"\{\{[<%][^{}\n]{0,1000}[>%]\}\}")
_JEKYLL_LINK = re.compile(r"\{%-?\s*(?:link|post_url)\s+([^\s{}]{1,300})\s*-?%\}")
_JEKYLL_CODE = re.compile(
    r"^\{%-?\s*highlight\s+([\w+-]{1,30})[^{}\n]{0,100}%\}[ \t]*$", re.MULTILINE
)
_JEKYLL_CODE_END = re.compile(r"^\{%-?\s*endhighlight\s*-?%\}[ \t]*$", re.MULTILINE)
_LIQUID = re.compile(r"\{%-?[^{}%\n]{0,500}%\}|\{\{\s*(?:site|page)\.[^{}\n]{0,200}\}\}")
_KRAMDOWN = re.compile(r"\{:(?![ \t]*#)[^{}\n]{0,300}\}|^\[TOC\][ \t]*$", re.MULTILINE)


def before_masking(text: str) -> str:
    """Turn Jekyll's code tags into fences, so that their content counts as code."""
    if "{%" not in text:
        return text
    return _JEKYLL_CODE_END.sub("```", _JEKYLL_CODE.sub(r"```\1", text))


def to_commonmark(text: str) -> str:
    """Rewrite the additions in a masked text; what means nothing here disappears."""
    if ":::" in text:
        text = _COLONS.sub(_image, text)
        text = _COLON_LINE.sub("", _NO_LOC.sub(r"\1", text))
    if "[!" in text:
        text = _VIDEO.sub(r"[Video](\1)", text)
        text = _OTHER.sub("", _CONTROL.sub(r"**\1**", text))
    if "{{" in text:
        text = _FIGURE.sub(_image, _REF.sub(r"\1", text))
        text = _SHORTCODE.sub("", text)
    if "{%" in text or "{{" in text:
        text = _LIQUID.sub("", _JEKYLL_LINK.sub(r"/\1", text))
    return _KRAMDOWN.sub("", text) if "{:" in text or "[TOC]" in text else text


def _image(found: re.Match[str]) -> str:
    values = dict(_ATTRIBUTE.findall(found.group(1)))
    source = values.get("source") or values.get("src") or ""
    alt = values.get("alt-text") or values.get("alt") or values.get("caption") or ""
    return f"![{re.sub(r'[][]', ' ', alt)}](<{source}>)" if source else alt
