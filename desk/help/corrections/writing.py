"""A correction is kept, and its reader is asked whether the address is theirs.

The letter that asks holds our words only: nothing typed is mailed to an address nobody confirmed.
"""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from desk import i18n, letters
from desk.help.corrections.forms import ReportForm
from kb.config import Config, Locale
from kb.curation import actions, queries
from kb.curation.models import Correction
from kb.db import stored_id
from kb.links import actions as links
from kb.links.models import Purpose
from kb.mail import actions as mail

CONFIRM_WITHIN = timedelta(days=2)


def keep(session: Session, config: Config, form: ReportForm, locale: Locale) -> Correction:
    """Keep what was sent; the same form again is the same correction, and no second letter."""
    known = queries.by_key(session, form.key)
    if known is not None:
        return known
    correction = actions.receive(
        session,
        revision_id=form.revision_id,
        locale=locale,
        report=form.report(),
        key=form.key,
    )
    if form.email:
        _ask(session, config, correction, form.email, locale)
    return correction


def with_passage(form: ReportForm, words: str) -> ReportForm:
    """Return the form with this passage; a wording of the reader's own is left alone."""
    is_own = bool(form.wording) and form.wording.split() != form.passage.split()
    return replace(form, passage=words, wording=form.wording if is_own else words)


def _ask(
    session: Session, config: Config, correction: Correction, email: str, locale: Locale
) -> None:
    number = stored_id(correction.id)
    token = links.issue(
        session, Purpose.CORRECTION, subject_id=number, email=email, lasts=CONFIRM_WITHIN
    )
    link = f"{config.public_url}/{locale}/corrections/confirmation/{token}"
    words = i18n.words(locale)
    letter = letters.write(words, "correction_confirm", brand=config.brand, link=link)
    key = f"correction-{number}-confirm"
    mail.queue(session, to=email, letter=letter, key=key, by_anyone=True)
