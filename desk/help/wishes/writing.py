"""A wish is noted, and whoever reads at its address is asked whether it is theirs.

The letter holds our words only: the question was typed by somebody, and nobody has confirmed yet.
"""

from datetime import timedelta

from sqlmodel import Session

from desk import i18n, letters
from kb.config import Config, Locale
from kb.db import stored_id
from kb.links import actions as links
from kb.links.models import Purpose
from kb.mail import actions as mail
from kb.questions import actions, policy
from kb.questions.models import Question

STOPS_FOR = timedelta(days=730)


def ask(
    session: Session, config: Config, question: Question, *, email: str, locale: Locale
) -> None:
    """Note the wish and send the letter; asked again, nothing more happens."""
    wish = actions.note_wish(session, question, email=email, locale=locale)
    if wish is None:
        return
    number, here = stored_id(wish.id), f"{config.public_url}/{locale}/wishes"
    confirm, stop = (
        links.issue(session, purpose, subject_id=number, email=email, lasts=lasts)
        for purpose, lasts in (
            (Purpose.CONFIRM_WISH, policy.UNCONFIRMED_FOR),
            (Purpose.STOP_WISH, STOPS_FOR),
        )
    )
    letter = letters.write(
        i18n.words(locale),
        "wish_confirm",
        brand=config.brand,
        link=f"{here}/confirmation/{confirm}",
        stop_url=f"{here}/stop/{stop}",
    )
    mail.queue(session, to=email, letter=letter, key=f"wish-{number}-confirm", by_anyone=True)
