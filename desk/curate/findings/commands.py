"""The commands of `lotse findings`. Imports inside, so that help is fast."""

import rich_click as click

from kb.terminal import opened, progress

KINDS = click.Choice(["contradiction", "translation", "duplicate"])
_LETTERS = 140


@click.group("findings")
def findings() -> None:
    """Find passages that say the same, and passages that disagree."""


@findings.command("list")
@click.option("--kind", type=KINDS, help="Of this kind only.")
@click.option("--limit", default=20, show_default=True, help="How many.")
def findings_list(*, kind: str | None, limit: int) -> None:
    """List what is open, the surest first."""
    from sqlmodel import Session

    from kb.access import Role, Viewer
    from kb.findings import queries
    from kb.findings.models import FindingKind, FindingState

    _, engine = opened()
    chosen = FindingKind(kind) if kind else None
    with Session(engine) as session:
        editor = Viewer(Role.EDITOR)
        numbers = queries.ids(session, editor, FindingState.OPEN, chosen)
        for pair in queries.pairs(session, editor, numbers[:limit]):
            one = pair.finding
            click.echo(f"{one.id}  {one.kind}  {one.matter}  {one.score:.2f}")
            for side, words in (
                (pair.left, one.left_statement or one.left_passage),
                (pair.right, one.right_statement or one.right_passage),
            ):
                said = " ".join(words.split())[:_LETTERS]
                click.echo(f"    {side.translation.locale}/{side.translation.slug}: {said}")
    click.echo(f"{len(numbers)} open")


@findings.command("refresh")
def findings_refresh() -> None:
    """Compare what changed; a running Lotse does that by itself."""
    from retrieval.assembly import build_models
    from retrieval.findings.looking import look
    from retrieval.index.lock import Busy, writing

    config, engine = opened()
    try:
        with writing(config.index_folder), progress() as tell:
            engines = build_models(config, engine).now()
            found = look(
                engine, engines, progress=lambda done, total: tell("compare", done, total)
            )
    except Busy:
        click.echo("A running Lotse keeps this index; it compares what changed by itself.")
        return
    click.echo(f"{found} found")
