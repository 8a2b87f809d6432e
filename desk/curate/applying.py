"""Accepting a correction changes the article: the lines as the editor left them, in one step."""

from sqlmodel import Session

from desk import i18n
from desk.curate.views import Written
from desk.deps import Fields
from kb.access import Viewer
from kb.config import Config
from kb.curation import editing
from kb.curation.actions import Verdict
from kb.curation.editing import Touched
from kb.curation.models import CorrectionState
from kb.curation.queries import Reported
from kb.errors import InvalidInput, StaleRevision

EDITED, VERSION = "edited", "version"


def take(
    session: Session,
    config: Config,
    reported: Reported,
    fields: Fields,
    verdict: Verdict,
    *,
    by: Viewer,
) -> None:
    """Put the lines into the article, if they were sent along with a yes.

    Raises:
        StaleRevision: it was answered, or the article was edited, meanwhile.
        InvalidInput: nothing is left of the lines.
    """
    version = fields.number(VERSION)
    if verdict.outcome is not CorrectionState.ACCEPTED or version is None:
        return
    if reported.correction.state is not CorrectionState.RECEIVED:
        raise StaleRevision
    locale = i18n.as_locale(reported.about.translation.locale) or config.default_locale
    credit = i18n.words(locale)("findings.credit")
    editing.apply(
        session,
        reported.correction,
        reported.about.article,
        reported.about.translation,
        Touched(
            fields.text(EDITED),
            version,
            f"{credit}: {verdict.summary}" if verdict.summary else credit,
        ),
        by=by,
        four_eyes=config.four_eyes,
    )


def written(fields: Fields, verdict: Verdict, problem: InvalidInput) -> Written:
    """Return what was typed, with what is wrong beside the right field."""
    edited = fields.text(EDITED) if fields.number(VERSION) is not None else None
    is_edit = problem.details.get("field") == EDITED
    return Written(
        verdict.answer,
        verdict.summary,
        "" if is_edit else "curation.error.answer",
        edited,
        "findings.error.edited" if is_edit else "",
    )
