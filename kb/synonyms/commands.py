"""The commands of `lotse synonyms`. Imports inside, so that help is fast."""

from pathlib import Path

import rich_click as click

from kb.terminal import opened

LOCALES = click.Choice(["de", "en"])
LOCALE = click.option("--locale", type=LOCALES, required=True, help="Language of the words.")
WORDS = click.argument("words", nargs=-1, required=True)


@click.group("synonyms")
def synonyms() -> None:
    """Keep words that mean the same; search asks for them as well, at once."""


@synonyms.command("list")
@click.option("--locale", type=LOCALES, help="Of this language only.")
@click.option("--history", is_flag=True, help="What each group was before, and since when.")
def synonyms_list(*, locale: str | None, history: bool) -> None:
    """List the groups with their numbers."""
    from sqlmodel import Session

    from kb.synonyms import queries

    _, engine = opened()
    with Session(engine) as session:
        for group in queries.groups(session, locale=locale):
            click.echo(f"{group.id}  {group.locale}  {', '.join(group.words)}")
            for one in queries.history(session, group.id) if history else ():
                click.echo(f"    {one.created_at:%Y-%m-%d %H:%M}  {', '.join(one.words)}")


@synonyms.command("add")
@WORDS
@LOCALE
def synonyms_add(words: tuple[str, ...], *, locale: str) -> None:
    """Add a group: each of WORDS is a word, or several in quotation marks."""
    from kb.db import stored_id, transaction
    from kb.errors import InvalidInput
    from kb.synonyms.actions import add_group

    _, engine = opened()
    try:
        with transaction(engine) as session:
            group = add_group(session, locale=locale, words=words)
            click.echo(f"{stored_id(group.id)}  {locale}  {', '.join(words)}")
    except InvalidInput as problem:
        raise click.ClickException("A group needs 2 to 30 different words.") from problem


@synonyms.command("change")
@click.argument("number", type=int)
@WORDS
def synonyms_change(number: int, words: tuple[str, ...]) -> None:
    """Give group NUMBER other WORDS."""
    from kb.db import transaction
    from kb.errors import InvalidInput, NotFound
    from kb.synonyms.actions import change_group

    _, engine = opened()
    try:
        with transaction(engine) as session:
            change_group(session, number, words)
    except NotFound as problem:
        raise click.ClickException(f"There is no group {number}.") from problem
    except InvalidInput as problem:
        raise click.ClickException("A group needs 2 to 30 different words.") from problem


@synonyms.command("remove")
@click.argument("number", type=int)
def synonyms_remove(number: int) -> None:
    """Take group NUMBER out of use."""
    from kb.db import transaction
    from kb.errors import NotFound
    from kb.synonyms.actions import remove_group

    _, engine = opened()
    try:
        with transaction(engine) as session:
            remove_group(session, number)
    except NotFound as problem:
        raise click.ClickException(f"There is no group {number}.") from problem


@synonyms.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LOCALE
def synonyms_import(path: Path, *, locale: str) -> None:
    """Add the groups of a text file, one a line, words separated by commas; known ones stay."""
    from kb.db import transaction
    from kb.errors import InvalidInput
    from kb.synonyms import queries
    from kb.synonyms.actions import add_group

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as problem:
        raise click.ClickException(f"{path} is no text in UTF-8.") from problem
    _, engine = opened()
    added = 0
    with transaction(engine) as session:
        known = {frozenset(one.words) for one in queries.groups(session, locale=locale)}
        for number, line in enumerate(lines, start=1):
            words = [word.strip() for word in line.partition("#")[0].split(",") if word.strip()]
            if not words or frozenset(words) in known:
                continue
            try:
                add_group(session, locale=locale, words=words)
            except InvalidInput as problem:
                said = f"Line {number}: a group needs 2 to 30 different words."
                raise click.ClickException(said) from problem
            added += 1
    click.echo(f"{added} groups added")
