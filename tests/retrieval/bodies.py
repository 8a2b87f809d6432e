"""Articles out of hypothesis: structured as authors write, and the blocks they are made of."""

from dataclasses import dataclass

from hypothesis import strategies as st

WORD = st.sampled_from(
    "Öffnen Sie die Übersicht und wählen WLAN 7590 z. B. kogge.box danach **fett** `Code` nicht "
    "[Hilfe](article:0123456789abcdef#aufbau) Größe Fehler F-3042 warten".split()
)
SENTENCE = st.lists(WORD, min_size=1, max_size=14).map(lambda words: " ".join(words) + ".")
TITLE = st.sampled_from(
    ["Schritte", "Aufbau", "Wenn es nicht hilft", "**Größe** ändern", "Schritte", "F & A", "`x`"]
)


@dataclass(frozen=True)
class Written:
    """A body, its headings' titles, and its blocks as they stand in it."""

    body: str
    blocks: tuple[str, ...]
    headings: tuple[str, ...]


PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=8).flatmap(
    lambda sentences: st.sampled_from([" ".join(sentences), "\n".join(sentences)])
)
STEPS = st.lists(SENTENCE, min_size=1, max_size=9).flatmap(
    lambda items: st.sampled_from(["\n", "\n\n"]).map(
        lambda glue: glue.join(f"{n}. {item}" for n, item in enumerate(items, start=1))
    )
)
BULLETS = st.lists(SENTENCE, min_size=1, max_size=9).map(
    lambda items: "\n".join(f"- {item}" for item in items)
)
TABLE = st.lists(st.tuples(WORD, WORD), min_size=1, max_size=9).map(
    lambda rows: "\n".join(["| Lampe | Sinn |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])
)
CODE = st.lists(WORD, min_size=1, max_size=5).map(lambda words: f"```\n{' '.join(words)}\n```")
NOTE = SENTENCE.map(lambda sentence: f"> **Hinweis:** {sentence}")
BLOCK = st.one_of(PARAGRAPH, STEPS, BULLETS, TABLE, CODE, NOTE)


@st.composite
def articles(draw: st.DrawFn) -> Written:
    """A body of headings and blocks; neighbouring lists are kept apart by a paragraph."""
    parts: list[str] = []
    blocks: list[str] = []
    headings: list[str] = []
    for number in range(draw(st.integers(1, 8))):
        if draw(st.booleans()):
            title = draw(TITLE)
            parts.append(f"{'#' * draw(st.integers(2, 4))} {title}")
            headings.append(title)
        block = draw(BLOCK) if number % 2 else draw(PARAGRAPH)
        parts.append(block)
        blocks.append(block)
    return Written("\n\n".join(parts), tuple(blocks), tuple(headings))
