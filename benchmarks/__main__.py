"""The benchmarks: `python -m benchmarks` for the ratios, `... search` for what growth costs."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import rich_click as click
from rich.console import Console
from rich.table import Table

import kb
from benchmarks import meaning, words
from benchmarks.search import Figures, as_json, measure
from kb.terminal import progress
from retrieval.index.chunking import cut

_COPIES = 60


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure and print; nothing is asserted, a loaded machine proves nothing."""
    if context.invoked_subcommand is None:
        against_the_plain_way()


def against_the_plain_way() -> None:
    """Run the paired benchmarks on the demo's own texts and print the ratios: `make bench`."""
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


@main.command()
@click.option("--sizes", default="1000,10000,100000", show_default=True, help="In passages.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Write the figures here.")
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Keep the libraries here and use them again: the largest takes minutes to make.",
)
def search(sizes: str, out: Path | None, home: Path | None) -> None:
    """Measure searches, and the sync of one changed article, as the library grows."""
    numbers = sorted(int(size) for size in sizes.split(","))
    with progress() as tell:
        figures = measure(numbers, home, tell)
    if out is not None:
        out.write_text(as_json(figures))
    _print(figures)


def _print(figures: Sequence[Figures]) -> None:
    """Print median and 95th percentile, and the latter as a multiple of the smallest size's."""
    table = Table("ms: median / p95 (ratio)", *(f"{one.passages:,} passages" for one in figures))
    for name, title in (
        ("search", "search"),
        ("without_embedding", "search, question embedded before"),
        ("sync_by_note", "sync of one changed article"),
        ("sync_of_everything", "the same, everything compared"),
    ):
        first = getattr(figures[0], name)
        cells = []
        for one in figures:
            times = getattr(one, name)
            ratio = times.p95 / first.p95
            cells.append(f"{times.median:.0f} / {times.p95:.0f} ({ratio:.2f})")
        table.add_row(title, *cells)
    Console().print(table)


if __name__ == "__main__":
    main()
