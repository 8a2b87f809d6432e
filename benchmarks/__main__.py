"""The benchmarks: `python -m benchmarks` for all in some minutes, or one, as large as wished.

With --write a benchmark puts its table into docs/performance.md.
"""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import rich_click as click
from rich.console import Console
from rich.table import Table

import kb
from benchmarks import cases, crowd, indexing, meaning, offers, sidebar, start, words, writing
from benchmarks.growth import as_table, picture
from benchmarks.report import DOCUMENT, circumstances, put, table
from benchmarks.search import QUESTIONS, as_json, measure
from kb.terminal import progress
from retrieval.index.chunking import cut

_COPIES = 60
_PICTURE = DOCUMENT.parent / "pictures" / "growth.svg"
_OUT = click.option(
    "--json", "out", type=click.Path(path_type=Path), help="Write the figures here."
)
_WRITE = click.option("--write", is_flag=True, help="Put the table into docs/performance.md.")
_ROUNDS = click.option(
    "--rounds", default=3, show_default=True, help="Both ways in turn, so often."
)


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure and print; nothing is asserted, a loaded machine proves nothing."""
    if context.invoked_subcommand is None:
        against_the_plain_way()
        context.invoke(index, passages=500, rounds=1)
        context.invoke(start_, rounds=1)
        context.invoke(search, sizes="1000,10000")


def against_the_plain_way() -> None:
    """Run the paired benchmarks on the demo's own texts and print the ratios."""
    articles = sorted((Path(kb.__file__).parent / "demo" / "articles" / "de").glob("*.md"))
    texts = [
        piece.text
        for article in articles
        for piece in cut(
            article.read_text(), limit=200, count=lambda parts: [len(p.split()) for p in parts]
        )
    ]
    shown = Table("what", "ours, ms", "plain, ms", "times faster", "lowest", "highest")
    with TemporaryDirectory(prefix="lotse-bench-") as folder:
        for one in (
            words.measure(texts, Path(folder), copies=_COPIES),
            meaning.measure(texts[:128]),
        ):
            figures = (one.ours, one.plain, one.ratio, one.lowest, one.highest)
            shown.add_row(one.name, *(f"{figure:g}" for figure in figures))
    Console().print(shown)


@main.command()
@click.option("--passages", default=2_000, show_default=True)
@_ROUNDS
@_OUT
@_WRITE
def index(passages: int, rounds: int, out: Path | None = None, *, write: bool = False) -> None:
    """Measure passages indexed per second, against llama-index's pipeline."""
    when = circumstances()
    with progress() as tell:
        ours, theirs = indexing.compare(passages, rounds, tell)
    heads = ["passages a second", "Lotse", "llama-index", "times"]
    rows = [
        [name, f"{own:g}", f"{other:g}", f"{own / other:.1f}"]
        for name, own, other in (
            ("by the clock", ours.by_clock, theirs.by_clock),
            ("per second of a processor", ours.by_processor, theirs.by_processor),
        )
    ]
    said = f"{passages:,} passages, {rounds} rounds; {when}."
    _give("index", f"{table(heads, rows)}\n\n{said}", write=write)
    _keep(out, {"when": when, "passages": passages, "rates": [asdict(ours), asdict(theirs)]})


@main.command("start")
@_ROUNDS
@_OUT
@_WRITE
def start_(rounds: int, out: Path | None = None, *, write: bool = False) -> None:
    """Measure from the start of a process to its first answer."""
    when = circumstances()
    with progress() as tell:
        found = start.measure(rounds, tell)
    rows = [
        ["`lotse ask`, to the end", f"{found.ask:g}", f"{found.plain / found.ask:.1f}"],
        ["`lotse serve`, until /readyz says ready", f"{found.serve_ready:g}", ""],
        ["`lotse serve`, until the first page of hits", f"{found.serve_answer:g}", ""],
        ["llama-index, Chroma and the same model, one question", f"{found.plain:g}", "1"],
    ]
    said = f"Medians of {rounds} rounds over the demo; {when}."
    heads = ["seconds from the start of the process", "", "times faster"]
    _give("start", f"{table(heads, rows)}\n\n{said}", write=write)
    _keep(out, {"when": when, **asdict(found)})


@main.command()
@click.option("--sizes", default="1000,10000,100000", show_default=True, help="In passages.")
@_OUT
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    help="Keep the libraries here and use them again: the largest takes minutes to make.",
)
@_WRITE
def search(
    sizes: str, out: Path | None = None, home: Path | None = None, *, write: bool = False
) -> None:
    """Measure searches, the sync of one change, memory and disk as the library grows."""
    when = circumstances()
    numbers = sorted(int(size) for size in sizes.split(","))
    with progress() as tell:
        figures = measure(numbers, home, tell)
    if out is not None:
        out.write_text(as_json(figures))
    shown = "\n\n![How times grow](pictures/growth.svg)" if write else ""
    _give("growth", f"{as_table(figures)}\n\n{when}.{shown}", write=write)
    if write:
        _PICTURE.write_text(picture(figures, when))


@main.command()
@click.option("--passages", default=5_000, show_default=True)
@click.option("--home", type=click.Path(path_type=Path), help="One that is filled already.")
@click.option("--questions", type=click.Path(path_type=Path), default=QUESTIONS)
@_OUT
@_WRITE
def typing(
    passages: int,
    home: Path | None,
    questions: Path,
    out: Path | None = None,
    *,
    write: bool = False,
) -> None:
    """Measure what is offered while somebody types, against the words index alone."""
    when = circumstances()
    with progress() as tell:
        found = offers.measure(passages, tell, home=home, questions=questions)
    rows = [
        [name, f"{one.median:g}", f"{one.p95:g}", f"{one.p95 / found.index.p95:.1f}"]
        for name, one in (
            ("`/suggestions`, through the server", found.server),
            ("search by words, with SQL's say", found.search),
            ("the words index alone", found.index),
        )
    ]
    heads = ["milliseconds of server time", "median", "p95", "times the index, at p95"]
    _give("typing", f"{table(heads, rows)}\n\n{found.passages:,} passages; {when}.", write=write)
    _keep(out, {"when": when, **asdict(found)})


@main.command("sidebar")
@click.option("--passages", default=5_000, show_default=True)
@_OUT
@_WRITE
def sidebar_(passages: int, out: Path | None = None, *, write: bool = False) -> None:
    """Measure how long an agent waits for the sidebar of a case, and for the search in it."""
    when = circumstances()
    with progress() as tell:
        found = sidebar.measure(passages, tell)
    rows = [
        [name, f"{one.median:g}", f"{one.p95:g}", f"{one.processor:g}"]
        for name, one in (
            ("`/assist/<case>`, through the server", found.server),
            ("suggestions alone", found.suggest),
        )
    ]
    heads = ["milliseconds", "median", "p95", "of the processors"]
    _give("sidebar", f"{table(heads, rows)}\n\n{passages:,} passages; {when}.", write=write)
    _keep(out, {"when": when, **asdict(found)})


@main.command("cases")
@click.option("--sizes", default="200,10000", show_default=True, help="In cases.")
@_OUT
@_WRITE
def cases_(sizes: str, out: Path | None = None, *, write: bool = False) -> None:
    """Measure the lists of cases, their counts and the search in them."""
    when = circumstances()
    numbers = sorted(int(size) for size in sizes.split(","))
    with progress() as tell:
        found = {size: cases.measure(size, tell) for size in numbers}
    heads = ["milliseconds, median / p95", *(f"{size:,} cases" for size in numbers)]
    rows = [
        [lines[0].what, *(f"{one.taken.median:.1f} / {one.taken.p95:.1f}" for one in lines)]
        for lines in zip(*found.values(), strict=True)
    ]
    _give("cases", f"{table(heads, rows)}\n\n{when}.", write=write)
    kept = {str(size): [asdict(one) for one in lines] for size, lines in found.items()}
    _keep(out, {"when": when, "cases": kept})


@main.command("crowd")
@click.option("--agents", default=50, show_default=True)
@click.option("--updates", default=5.0, show_default=True, help="Messages of customers a second.")
@click.option("--seconds", default=60.0, show_default=True)
@_OUT
@_WRITE
def crowd_(
    agents: int, updates: float, seconds: float, out: Path | None = None, *, write: bool = False
) -> None:
    """Measure list, case and sidebar while a crowd of agents follows live."""
    when = circumstances()
    with progress() as tell:
        found = crowd.measure(crowd.Order(agents, updates, seconds), tell)
    rows = [
        [name, str(page.asked), f"{page.median:g}", f"{page.p95:g}"]
        for name, page in found.pages.items()
    ]
    said = (
        f"{agents} agents with two streams each ({found.streams} open), {updates:g} updates a "
        f"second ({found.written} written, {found.events} told to pages), {seconds:g} seconds; "
        f"{found.faults} faults; the server used {found.cores_used:g} cores; {when}, "
        f"{found.load:g} after."
    )
    heads = ["milliseconds an agent waited", "pages", "median", "p95"]
    _give("crowd", f"{table(heads, rows)}\n\n{said}", write=write)
    _keep(out, {"when": when, **asdict(found)})


@main.command("writing")
@_WRITE
def writing_(*, write: bool = False) -> None:
    """Measure how long an editor of a very long article waits."""
    when = circumstances()
    with progress() as tell:
        found = writing.measure(tell)
    rows = [[one.what, f"{one.median}", f"{one.slowest}"] for one in found]
    heads = ["milliseconds of server time", "median", "slowest"]
    said = f"An article of {writing.LENGTH:,} characters; {when}."
    _give("writing", f"{table(heads, rows)}\n\n{said}", write=write)


def _give(name: str, text: str, *, write: bool) -> None:
    click.echo(f"\n{text}")
    if write:
        put(name, text)


def _keep(out: Path | None, figures: dict[str, object]) -> None:
    if out is not None:
        out.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
