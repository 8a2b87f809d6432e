"""The commands of `lotse prompt`. Imports inside, so that help is fast."""

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

if TYPE_CHECKING:
    from prompts.loader import Prompt


@click.group("prompt")
def prompts() -> None:
    """Look at what a language model is asked, and try it."""


@prompts.command("list")
def prompt_list() -> None:
    """List the prompts with their digests."""
    from prompts.loader import prompts as known

    for one in known():
        click.echo(f"{one.title}  {one.digest}  {one.purpose}")


@prompts.command("show")
@click.argument("title")
def prompt_show(title: str) -> None:
    """Show prompt TITLE, as answer or answer.1."""
    one = _named(title)
    click.echo(f"{one.title}  {one.digest}\n{one.purpose}\n")
    for name, about in one.inputs.items():
        click.echo(f"{{{{{name}}}}}: {about}")
    click.echo(f"\n{one.system}\n===\n{one.user}")


@prompts.command("diff")
@click.argument("before")
@click.argument("after")
def prompt_diff(before: str, after: str) -> None:
    """Show what changed from prompt BEFORE to prompt AFTER."""
    from difflib import unified_diff

    old, new = _named(before), _named(after)
    one, other = (f"{each.system}\n===\n{each.user}".splitlines() for each in (old, new))
    for line in unified_diff(one, other, old.title, new.title, lineterm=""):
        click.echo(line)


@prompts.command("try")
@click.argument("question")
@click.option("--locale", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.option("--json", "path", type=click.Path(path_type=Path), help="What was said, as JSON.")
def prompt_try(question: str, *, locale: str, path: Path | None) -> None:
    """Have QUESTION answered, and see which sentences hold and why others do not."""
    import json

    from sqlmodel import Session

    from kb.access import ANYONE
    from kb.terminal import opened
    from retrieval.assembly import build_retrieval

    config, engine = opened()
    retrieval = build_retrieval(config, engine)
    with Session(engine) as session:
        made = retrieval.reword(retrieval.answer(session, question, ANYONE, locale))
    if made is None:
        raise click.ClickException("There is no model: set LOTSE_LLM_URL and LOTSE_LLM_MODEL.")
    click.echo(f"{made.ended} {made.trouble}".rstrip())
    for one in (*made.kept, *made.dropped):
        click.echo(f"  {'-' if one.flaw else '+'} {one.part.text} {one.flaw or ''}".rstrip())
    if path is not None and made.said is not None:
        path.write_text(json.dumps({"said": made.said.text}, ensure_ascii=False, indent=2))


def _named(title: str) -> "Prompt":
    from prompts.loader import PromptError, load

    name, _, number = title.partition(".")
    try:
        return load(name, int(number) if number.isdigit() else 0)
    except PromptError as error:
        raise click.ClickException(str(error)) from error
