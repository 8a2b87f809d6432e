"""What goes to the customer: a message in their language, with the private link in it."""

from desk import i18n, notices
from desk.assist.coaching.drafting import languages
from desk.assist.work import Work
from kb.cases import actions as cases
from kb.coaching import actions, queries
from kb.coaching.models import CoachingPlan, CoachingStep
from kb.errors import InvalidInput


def send(work: Work, plan: CoachingPlan) -> None:
    """Send a plan.

    Raises:
        InvalidInput: something it needs is missing, or its article is no longer for anybody.
        CoachingPaused: the customer is not to be coached.
    """
    if queries.source(work.session, plan.article_id, languages(work)) is None:
        raise InvalidInput(field="article")
    words = i18n.words(i18n.as_locale(work.case.locale) or work.config.default_locale)
    level = plan.level.name.lower() if plan.level else "steps"
    link = f"{work.config.public_url}/{words.locale}/coaching/{plan.public_id}"
    said = words(f"coaching.message.{level}", link=link, title=plan.title)
    message = actions.send(work.session, plan, by=work.viewer, said=said)
    if message is not None:
        notices.answered(work.session, work.config, work.case, message)


def send_way(work: Work, plan: CoachingPlan, step: CoachingStep, way: str, *, key: str) -> None:
    """Send another way: to the page at once, and as a message for whoever has closed it.

    Raises:
        InvalidInput: it says nothing.
    """
    if not actions.branch(work.session, plan, step, way, by=work.viewer, key=f"way:{key}"):
        return
    words = i18n.words(i18n.as_locale(work.case.locale) or work.config.default_locale)
    link = f"{work.config.public_url}/{words.locale}/coaching/{plan.public_id}"
    body = words("coaching.message.way", link=link)
    said = cases.say(
        work.session,
        work.case,
        author=work.viewer,
        body=body,
        idempotency_key=f"coaching-way-{plan.id}-{key}",
    )
    notices.answered(work.session, work.config, work.case, said)
