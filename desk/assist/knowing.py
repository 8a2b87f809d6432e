"""Knowledge in the case: what an agent may say something of, and what a dismissal says of it."""

from desk.assist.fates import Subject
from desk.assist.forms import Dismissal
from desk.assist.work import Work
from kb.articles import queries as articles
from kb.cases import flags, queries
from kb.cases.marks import Fault
from kb.cases.models import SuggestionKind
from kb.config import LOCALES
from kb.db import stored_id
from kb.errors import NotFound

FAULTS = {Dismissal.OUTDATED: Fault.OUTDATED, Dismissal.WRONG: Fault.WRONG}
"""What a dismissal says of the article itself, and not only of this case."""


def flag_dismissed(work: Work, subject: Subject, reason: Dismissal) -> None:
    """Tell the editors, where an article was dismissed for what it says."""
    kind, article_id = subject
    fault = FAULTS.get(reason)
    if fault is None or kind is not SuggestionKind.ARTICLE:
        return
    locales = (work.case.locale, *(one for one in LOCALES if one != work.case.locale))
    shown = articles.published_in(
        work.session, work.viewer, article_id=article_id, locales=locales
    )
    if shown is not None:
        flags.flag(
            work.session,
            case=work.case,
            revision_id=stored_id(shown.revision.id),
            fault=fault,
            by_id=stored_id(work.viewer.person_id),
        )


def check_readable(work: Work, subject: Subject) -> None:
    """Make sure that there is such a thing to suggest.

    Raises:
        NotFound: there is not, or not for this agent.
    """
    kind, subject_id = subject
    if kind is SuggestionKind.ARTICLE:
        found = articles.published_in(
            work.session, work.viewer, article_id=subject_id, locales=LOCALES
        )
        is_there = found is not None
    else:
        is_there = bool(queries.solutions(work.session, work.viewer, [subject_id]))
    if not is_there:
        raise NotFound
