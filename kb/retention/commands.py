"""The command `lotse tidy`. Imports inside, so that help is fast."""

import rich_click as click

from kb.terminal import opened


@click.command("tidy")
def tidy() -> None:
    """Erase the words of questions whose time is over; every server does so daily by itself."""
    from kb.db import transaction
    from kb.retention.actions import erase_old_words

    config, engine = opened()
    with transaction(engine) as session:
        erased = erase_old_words(session, days=config.question_days)
    click.echo(
        f"Older than {config.question_days} days: the words of {erased.questions} questions and "
        f"{erased.comments} comments were erased."
    )
