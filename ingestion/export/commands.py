"""The command `lotse export`. Imports inside, so that help is fast."""

from pathlib import Path

import rich_click as click

from kb.terminal import opened, progress

_STATES = click.Choice(["draft", "in review", "published", "archived"])


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--locale", type=click.Choice(["de", "en"]), help="Only this language.")
@click.option("--audience", type=click.Choice(["public", "staff"]), help="Only what is for them.")
@click.option("--state", type=_STATES, help="Only texts that stand there.")
def export(folder: Path, *, locale: str | None, audience: str | None, state: str | None) -> None:
    """Write all articles as a folder of Markdown, which `lotse import` takes back."""
    from ingestion.export.contents import Choice
    from ingestion.export.folder import export as write
    from ingestion.records import Unreadable
    from kb.access import Audience
    from kb.articles.models import State

    _, engine = opened()
    choice = Choice(
        locale, Audience(audience) if audience else None, State(state) if state else None
    )
    try:
        with progress() as tell:
            done = write(engine, folder, choice, lambda now, total: tell("writing", now, total))
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{done.articles} articles ({done.texts} texts, {done.images} images) are in {folder}. "
        f"To take them back: lotse import {folder} --publish"
    )
