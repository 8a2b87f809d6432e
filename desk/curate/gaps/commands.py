"""The commands of `lotse gaps`. Imports inside, so that help is fast."""

import json

import rich_click as click

from kb.terminal import opened


@click.group("gaps")
def gaps() -> None:
    """Say what customers asked and found no answer to."""


@gaps.command("list")
@click.option(
    "--state",
    type=click.Choice(["open", "planned", "answered", "not ours"]),
    default="open",
    show_default=True,
)
@click.option("--limit", default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_gaps(*, state: str, limit: int, as_json: bool) -> None:
    """List gaps, those first that would save the most contacts."""
    from sqlmodel import Session

    from desk.curate.gaps.work import titles_of
    from kb.gaps import queries
    from kb.gaps.models import GapState

    _, engine = opened()
    with Session(engine) as session:
        listed = queries.listed(session, GapState(state))[:limit]
        titles = titles_of(session, [one.gap for one in listed])
    told = [
        {
            "id": one.gap.public_id,
            "title": titles.get(one.gap.id or 0, ""),
            "words": one.gap.words,
            "items": one.items,
            "cases": one.cases,
            "waiting": one.waiting,
            "weeks": list(one.weeks),
            "contacts_a_month": round(one.worth.contacts, 1),
        }
        for one in listed
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in told:
        click.echo(f"{one['contacts_a_month']:>6}  {one['items']:>4}x  {one['title']}")
    click.echo(f"{len(told)} gaps; contacts a month, how often asked, in a customer's words")


@gaps.command("refresh")
def refresh() -> None:
    """Put what was asked since into gaps; every server does so every few minutes by itself."""
    from desk.curate.gaps.safe import safe
    from kb.db import transaction
    from retrieval.assembly import build_models
    from retrieval.gaps.gathering import gather

    config, engine = opened()
    with transaction(engine) as session:
        done = gather(session, build_models(config, engine).now(), safe)
    click.echo(
        f"gaps: {done.joined} questions and cases put in place, {done.opened} gaps opened, "
        f"{done.back} came back, {done.forgotten} erased"
    )
