"""A correction is answered, and its reader told: on their page at once, by mail if they asked."""

from sqlmodel import Session

from desk import i18n, letters
from kb.access import Viewer
from kb.config import Config
from kb.curation import actions
from kb.curation.actions import Verdict
from kb.curation.models import CorrectionState
from kb.curation.queries import Reported
from kb.db import stored_id
from kb.mail import actions as mail

_LETTERS = {
    CorrectionState.ACCEPTED: "correction_accepted",
    CorrectionState.DECLINED: "correction_declined",
    CorrectionState.ANSWERED: "correction_answered",
}


def answer(
    session: Session, config: Config, reported: Reported, verdict: Verdict, *, by: Viewer
) -> None:
    """Decide, and write to the address that was confirmed, if there is one; then it is erased."""
    correction, email = reported.correction, reported.correction.email
    actions.decide(session, correction, verdict, by=by)
    if not email:
        return
    words = i18n.words(i18n.as_locale(correction.locale) or config.default_locale)
    letter = letters.write(
        words,
        _LETTERS[correction.state],
        brand=config.brand,
        link=f"{config.public_url}/{words.locale}/corrections/{correction.public_id}",
        title=reported.about.revision.title,
        answer=correction.answer or words("correction.soon"),
    )
    mail.queue(session, to=email, letter=letter, key=f"correction-{stored_id(correction.id)}")
