"""What a customer's tap says in their case, in their own language and name.

An event that needs somebody is a message too: so it stands in the list of open cases, and what was
said is used by the next suggestions.
"""

from textwrap import shorten

from desk import i18n
from desk.help.coaching.own import OwnPlan
from kb.cases import actions as cases
from kb.cases.models import Message
from kb.coaching.models import CoachingStep, EventKind
from kb.coaching.policy import Progress
from retrieval.index.plain import plain

_KEYS = {
    EventKind.FAILED: "coaching.said.failed",
    EventKind.NEEDS_HELP: "coaching.said.help",
    EventKind.ASKED_MEANING: "coaching.said.meaning",
    EventKind.DECLINED: "coaching.said.declined",
    EventKind.NOT_SOLVED: "coaching.said.unsolved",
}
_LONGEST = 90


def say(
    own: OwnPlan,
    now: Progress,
    kind: EventKind,
    *,
    step: CoachingStep | None,
    detail: str,
    key: str,
) -> Message:
    """Write into the case what has happened, once."""
    words = i18n.words(i18n.as_locale(own.case.locale) or own.locale)
    where = _where(words, now, step)
    body = words(_KEYS[kind], where=where).strip()
    return cases.say(
        own.session,
        own.case,
        author=own.customer,
        body=f"{body}\n\n{detail}" if detail else body,
        idempotency_key=f"coaching-{own.plan_id}-{key}",
    )


def _where(words: i18n.Words, now: Progress, step: CoachingStep | None) -> str:
    number = next((n for n, one in enumerate(now.steps, 1) if step and one.step is step), 0)
    if step is None or not number:
        return ""
    told = shorten(plain(step.instruction), _LONGEST, placeholder=" …")
    return words("coaching.said.where", number=number, step=told)
