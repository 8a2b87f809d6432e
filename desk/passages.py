"""The parts of an article a reader can point at: its sections, as plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desk import markdown
from kb.curation.policy import LONGEST_PASSAGE
from retrieval.index.plain import plain


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    title: str
    words: str


def sections(body: str) -> list[Section]:
    """Return the sections of an article, without what stands before the first heading."""
    return list(_sections(body))


def words_of(body: str, title: str) -> str:
    """Return the words of a section, or of the whole article; no more than a passage may have."""
    found = next((each.words for each in sections(body) if each.title == title), plain(body))
    return _cut(found)


def stands_in(body: str, passage: str) -> bool:
    """Say whether these words stand in the article, however the lines break."""
    # a reader's selection lacks the numbers of steps, which are no part of the text
    return bool(passage) and _bare(passage) in _bare(plain(body))


def _sections(body: str) -> Iterator[Section]:
    lines = body.splitlines()
    heads = _heads(body)
    ends = [start for _, start, _ in heads[1:]] + [len(lines)]
    for (title, _, begin), end in zip(heads, ends, strict=False):
        yield Section(title, plain("\n".join(lines[begin:end])))


def _heads(body: str) -> Sequence[tuple[str, int, int]]:
    """Return title, first line and line after each heading."""
    tokens = markdown.parse(body)
    return [
        (plain(tokens[at + 1].content), token.map[0], token.map[1])
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _cut(words: str) -> str:
    if len(words) <= LONGEST_PASSAGE:
        return words
    return words[: LONGEST_PASSAGE - 2].rsplit(" ", 1)[0] + " …"


def _bare(text: str) -> str:
    kept = [word for word in text.split() if not _is_number(word)]
    return " ".join(kept)


def _is_number(word: str) -> bool:
    return word[-1] in ".)" and word[:-1].isdigit()
