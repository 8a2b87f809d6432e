"""The commands of `lotse theme`. Imports inside, so that help is fast."""

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

if TYPE_CHECKING:
    from kb.config import Config


@click.group("theme")
def theme() -> None:
    """The site's own looks and legal texts, see LOTSE_THEME_FILE."""


@theme.command("check")
@click.argument(
    "path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def theme_check(path: Path | None) -> None:
    """Say what is wrong with a theme: with the one at PATH, or with the one in the settings."""
    from desk.theme.reading import Document, ThemeRefused, read_theme
    from kb.config import Config

    chosen = path or Config().theme_file
    if chosen is None:
        raise click.UsageError("There is no theme: name a file, or set LOTSE_THEME_FILE.")
    try:
        read = read_theme(chosen)
    except ThemeRefused as problem:
        raise click.ClickException(
            "\n  ".join(["This theme cannot be used:", *problem.faults])
        ) from problem
    click.echo(f"{chosen.name} can be used: every text can be read in light and in dark.")
    for document in Document:
        if document is not Document.ACCESSIBILITY and document not in read.legal:
            click.echo(f"  There is no legal.{document}.")


def looked_at(config: "Config") -> None:
    """End in words where the theme cannot be used, before anything is served."""
    from desk.theme.reading import ThemeRefused, read_theme

    try:
        read_theme(config.theme_file)
    except ThemeRefused as problem:
        said = ["LOTSE_THEME_FILE cannot be used:", *problem.faults]
        raise click.ClickException("\n  ".join(said)) from problem
