"""How much help to propose, with its numbers, and what speaks against coaching at all."""

from desk.assist.coaching.drafting import proposal, told_by_customer
from desk.assist.coaching.views import Advice, LevelChoice
from desk.assist.work import Work
from kb.affect import Mood, Reason
from kb.articles import queries as articles
from kb.articles.models import Article
from kb.coaching import queries, success
from kb.coaching.models import HelpLevel, PauseReason
from kb.coaching.policy import Against, Worked
from retrieval.cautions import cautions

_SOUNDS = {Reason.SAFETY.value: Against.DANGER, Reason.VULNERABLE.value: Against.DEPENDENT}
_OFTEN = 2
"""Plans that did not help, after which another one would be too much to ask."""


def advice(work: Work, article_id: int, *, chosen: HelpLevel | None) -> Advice:
    """Return what to know before choosing how much help to give."""
    category_id = work.session.get_one(Article, article_id).category_id
    topic = success.by_level(work.session, category_id)
    own = success.by_level(work.session, category_id, customer_id=work.case.customer_id)
    proposed = proposal(work, category_id)
    warned = against(work)
    return Advice(
        topic=_name(work, category_id),
        choices=[
            _choice(level, chosen, None if warned else proposed.level, topic, own)
            for level in HelpLevel
        ],
        proposed="" if warned else proposed.level or "",
        is_of_customer=proposed.is_of_customer,
        against=[one.name.lower() for one in warned],
    )


def against(work: Work) -> list[Against]:
    """Return why coaching would be wrong now."""
    found: list[Against] = []
    pause = queries.pause(work.session, work.case_id)
    if pause is not None:
        is_theirs = pause.reason is PauseReason.CUSTOMER
        found.append(Against.DECLINED if is_theirs else Against.SWITCHED_OFF)
    if queries.failures(work.session, work.case_id) >= _OFTEN:
        found.append(Against.FAILED_BEFORE)
    sounds = [_SOUNDS[one] for one in work.case.affect_reasons or () if one in _SOUNDS]
    if work.case.mood is Mood.DISTRESSED:
        sounds.insert(0, Against.DISTRESSED)
    return list(dict.fromkeys([*found, *sounds, *cautions(told_by_customer(work))]))


def _choice(
    level: HelpLevel,
    chosen: HelpLevel | None,
    proposed: HelpLevel | None,
    topic: list[Worked],
    own: list[Worked],
) -> LevelChoice:
    of_topic = next((one for one in topic if one.level is level), Worked(level, 0, 0))
    of_own = next((one for one in own if one.level is level), Worked(level, 0, 0))
    return LevelChoice(
        level=level,
        is_chosen=level is chosen,
        is_proposed=level is proposed,
        sent=of_topic.sent,
        solved=of_topic.solved,
        own_sent=of_own.sent,
        own_solved=of_own.solved,
    )


def _name(work: Work, category_id: int | None) -> str:
    entries = articles.categories(work.session, work.viewer, work.case.locale)
    return next((one.name for one in entries if one.id == category_id), "")
