"""Markdown to plain words: what a model reads and a word index counts."""

import re

_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`|~~|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")
_LINE_START = re.compile(r"^[ \t]*(?:#{1,6}\s+|>\s?|[-*+]\s+)", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_FOR = re.compile(r"\{for [^{}\n]{1,200}\}|\{/for\}")
_SPACES = re.compile(r"[ \t]+")
_LINES = re.compile(r"\n\s*\n+")


def plain(markdown: str) -> str:
    """Return the words of a piece of Markdown, without marks, targets of links, or rules.

    >>> plain("1. Öffnen Sie **[kogge.box](http://kogge.box)**.")
    '1. Öffnen Sie kogge.box.'
    """
    text = _FOR.sub("", markdown) if "{/for}" in markdown else markdown
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _TABLE_RULE.sub("", text)
    text = _LINE_START.sub("", text)
    text = _ESCAPE.sub(r"\1", _MARKS.sub("", text)).replace("|", " ")
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
