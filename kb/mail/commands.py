"""The commands of `lotse mail`: counts and ids, never texts; addresses are masked."""

import rich_click as click

from kb.terminal import opened


@click.group("mail")
def mail() -> None:
    """What waits to be sent, and what could not be."""


@mail.command("list")
def mail_list() -> None:
    """Count what waits and what was given up, and say why."""
    from sqlmodel import Session

    from kb.mail import policy, queries
    from kb.mail.models import MailState

    _, engine = opened()
    with Session(engine) as session:
        standing = queries.standing(session)
        waited = int(standing.age.total_seconds() // 60)
        click.echo(
            f"{standing.queued} queued (oldest due: {waited} min), {standing.failed} failed"
        )
        for one in queries.in_state(session, MailState.QUEUED, MailState.FAILED):
            why = one.problem.value if one.problem is not None else "-"
            address = policy.masked(one.recipient) or "(erased)"
            click.echo(f"{one.id}  {one.state.value}  {address}  attempts {one.attempts}  {why}")


@mail.command("retry")
def mail_retry() -> None:
    """Queue once more what was given up and is not erased yet."""
    from kb.db import transaction
    from kb.mail import actions

    _, engine = opened()
    with transaction(engine) as session:
        count = actions.retry(session)
    click.echo(f"{count} queued again.")
