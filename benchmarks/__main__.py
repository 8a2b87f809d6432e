"""Run every benchmark on the demo's own texts and print the ratios: `make bench`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

import kb
from benchmarks import meaning, words
from retrieval.index.chunking import cut

_COPIES = 60


def main() -> None:
    """Measure and print; nothing is asserted, a loaded machine proves nothing."""
    articles = sorted((Path(kb.__file__).parent / "demo" / "articles" / "de").glob("*.md"))
    texts = [
        piece.text
        for article in articles
        for piece in cut(
            article.read_text(), limit=200, count=lambda parts: [len(p.split()) for p in parts]
        )
    ]
    table = Table("what", "ours, ms", "plain, ms", "times faster", "lowest", "highest")
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        for one in (
            words.measure(texts, Path(folder), copies=_COPIES),
            meaning.measure(texts[:128]),
        ):
            figures = (one.ours, one.plain, one.ratio, one.lowest, one.highest)
            table.add_row(one.name, *(f"{figure:g}" for figure in figures))
    Console().print(table)


if __name__ == "__main__":
    main()
