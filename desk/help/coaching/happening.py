"""What a tap on the coaching page does: an event, and where somebody is needed, a message."""

from dataclasses import replace

from desk import uploads
from desk.deps import Fields
from desk.help.coaching import saying, showing
from desk.help.coaching.own import OwnPlan
from desk.help.coaching.views import Coach
from desk.help.contact.forms import new_key
from desk.uploads import Upload
from kb.cases import policy as cases
from kb.cases.models import Message, Outcome
from kb.coaching import actions
from kb.coaching.actions import Happened
from kb.coaching.models import CoachingStep, EventKind, HelpLevel, PauseReason, PlanState
from kb.coaching.policy import Standing
from kb.errors import InvalidInput, NotFound

LONGEST_KEY = 64
_TAPS = {
    "viewed": EventKind.VIEWED,
    "done": EventKind.DONE,
    "retried": EventKind.RETRIED,
    "skipped": EventKind.SKIPPED,
    "failed": EventKind.FAILED,
}
_WORDS = {
    "help": EventKind.NEEDS_HELP,
    "meaning": EventKind.ASKED_MEANING,
    "handover": EventKind.DECLINED,
    "steps": EventKind.WANTED_STEPS,
    "solved": EventKind.SOLVED,
    "unsolved": EventKind.NOT_SOLVED,
}
_NEEDS_WORDS = frozenset({EventKind.ASKED_MEANING})
_SAID = frozenset(
    {EventKind.NEEDS_HELP, EventKind.ASKED_MEANING, EventKind.DECLINED, EventKind.NOT_SOLVED}
)
"""What is a message in the case as well."""
_TOLD = {EventKind.NEEDS_HELP: "help", EventKind.ASKED_MEANING: "meaning"}


def happened(
    own: OwnPlan, fields: Fields, *, step: str, upload: Upload | None = None
) -> str | None:
    """Note it, and return what the page says was sent; None: nothing is to be shown.

    Raises:
        InvalidInput: nothing of the kind can happen, or words are missing.
        NotFound: the plan has no such step.
    """
    kind = (_TAPS | _WORDS).get(fields.line("what", limit=16))
    if kind is None:
        raise InvalidInput(field="what")
    if not _is_going_on(own):
        return ""
    here = _step(own, step) if step else None
    if here is None and kind in _TAPS.values():
        raise NotFound
    detail = _detail(fields)
    if kind in _NEEDS_WORDS and not detail:
        raise InvalidInput(field="detail")
    key = fields.line("key", limit=LONGEST_KEY) or new_key()
    event = Happened(kind, f"{kind}:{key}", own.case.customer_id, here, detail)
    if not actions.record(own.session, own.plan, event):
        return None if kind is EventKind.VIEWED else ""
    return _follows(own, event, upload)


def again(own: OwnPlan, fields: Fields, *, step: str, show: str = "") -> Coach:
    """Return the form once more, with what was typed and what is missing."""
    shown = showing.coach(own, show=show or fields.line("what", limit=16), step=step)
    return replace(shown, typed=_detail(fields), error="coaching.error.words")


def _follows(own: OwnPlan, event: Happened, upload: Upload | None) -> str | None:
    """Do what follows from an event."""
    if event.kind is EventKind.VIEWED:
        return None
    if event.kind is EventKind.FAILED:
        return _failed(own, event, upload)
    if event.kind in _SAID:
        _say(own, event)
    match event.kind:
        case EventKind.WANTED_STEPS:
            own.plan.level = HelpLevel.STEPS
            own.session.add(own.plan)
        case EventKind.SOLVED:
            actions.solve(own.session, own.plan)
        case EventKind.NOT_SOLVED:
            actions.end(own.session, own.plan, Outcome.HANDED_OVER)
        case EventKind.DECLINED:
            actions.end(own.session, own.plan, Outcome.HANDED_OVER)
            actions.pause(own.session, own.case, PauseReason.CUSTOMER, by=event.by)
    return _TOLD.get(event.kind, "")


def _failed(own: OwnPlan, event: Happened, upload: Upload | None) -> str:
    """Show the other way at once; where there is none, somebody is told."""
    here = own.progress().at(event.step.key) if event.step else None
    is_other_way = here is not None and here.standing is Standing.OTHER_WAY
    has_files = upload is not None and bool(upload.files)
    if has_files or not is_other_way:
        message = _say(own, event)
        if upload is not None:
            uploads.keep(own.session, message, upload)
    return "other_way" if is_other_way else "failed"


def _say(own: OwnPlan, event: Happened) -> Message:
    return saying.say(
        own, own.progress(), event.kind, step=event.step, detail=event.detail, key=event.key
    )


def _step(own: OwnPlan, key: str) -> CoachingStep:
    found = own.progress().at(key)
    if found is None:
        raise NotFound
    return found.step


def _detail(fields: Fields) -> str:
    """Return what was chosen and what was typed."""
    chosen, typed = fields.line("seen"), fields.text("detail")[: actions.LONGEST_DETAIL]
    return "\n".join(part for part in (chosen, typed) if part)


def _is_going_on(own: OwnPlan) -> bool:
    return own.plan.state is PlanState.SENT and own.case.state in cases.UNFINISHED
