"""What can be done with corrections and tips. Actions never commit: the caller does."""

from dataclasses import dataclass

from sqlmodel import Session

from kb import clock
from kb.access import Viewer
from kb.curation import policy, queries
from kb.curation.models import Correction, CorrectionState, Fault, Tip, TipState
from kb.db import stored_id
from kb.errors import InvalidInput, NotAllowed, StaleRevision
from kb.questions.models import Feedback
from kb.text import clean, one_line


@dataclass(frozen=True)
class Report:
    """What a reader says is wrong."""

    fault: Fault
    section: str = ""
    passage: str = ""
    wording: str = ""
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """What an editor makes of a correction, and their words."""

    outcome: CorrectionState
    answer: str = ""
    summary: str = ""


def receive(
    session: Session, *, revision_id: int, locale: str, report: Report, key: str
) -> Correction:
    """Keep a correction; the same key keeps it once only.

    Raises:
        InvalidInput: it says nothing, or too much.
    """
    earlier = queries.by_key(session, key)
    if earlier is not None:
        return earlier
    passage = _within(report.passage, policy.LONGEST_PASSAGE, "passage")
    wording = _within(report.wording, policy.LONGEST_WORDING, "wording")
    note = _within(report.note, policy.LONGEST_NOTE, "note")
    if not policy.says_something(passage=passage, wording=wording, note=note):
        raise InvalidInput(field="note")
    correction = Correction(
        key=key,
        revision_id=revision_id,
        locale=locale,
        fault=report.fault,
        section=one_line(report.section),
        passage=passage,
        wording="" if wording.split() == passage.split() else wording,
        note=note,
    )
    session.add(correction)
    session.flush()
    return correction


def confirm_address(session: Session, correction: Correction, email: str) -> None:
    """Keep an address somebody has proved to be theirs; an answered correction needs none."""
    if correction.state is CorrectionState.RECEIVED:
        correction.email = email
        session.add(correction)


def forget_address(session: Session, correction: Correction) -> None:
    correction.email = ""
    session.add(correction)


def decide(session: Session, correction: Correction, verdict: Verdict, *, by: Viewer) -> None:
    """Answer a correction, once. Whoever tells the reader must read the address before.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: somebody else has answered meanwhile.
        InvalidInput: a no without a word.
    """
    if not policy.may_decide(by):
        raise NotAllowed
    if correction.state is not CorrectionState.RECEIVED:
        raise StaleRevision
    answer = _within(verdict.answer, policy.LONGEST_ANSWER, "answer")
    if not policy.is_complete(verdict.outcome, answer=answer):
        raise InvalidInput(field="answer")
    correction.state, correction.answer = verdict.outcome, answer
    if verdict.outcome is CorrectionState.ACCEPTED:
        correction.summary = one_line(verdict.summary, limit=policy.LONGEST_SUMMARY)
    correction.decided_by, correction.decided_at = by.person_id, clock.now()
    correction.email = ""
    session.add(correction)


def give_tip(session: Session, feedback: Feedback, text: str) -> Tip:
    """Keep the tip that came with a yes; given again, the newer words count until one decides.

    Raises:
        InvalidInput: no words, or too many.
    """
    words = _within(text, policy.LONGEST_TIP, "tip")
    if not words or not feedback.helpful:
        raise InvalidInput(field="tip")
    tip = queries.tip_of(session, stored_id(feedback.id))
    if tip is None:
        tip = Tip(feedback_id=stored_id(feedback.id), revision_id=feedback.revision_id, text=words)
    elif tip.state is TipState.RECEIVED:
        tip.text = words
    session.add(tip)
    session.flush()
    return tip


def publish_tip(session: Session, tip: Tip, shown: str, *, by: Viewer) -> None:
    """Show a tip to readers, in these words.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: somebody else has decided meanwhile.
        InvalidInput: no words, or too many.
    """
    words = _within(shown, policy.LONGEST_TIP, "shown")
    if not words:
        raise InvalidInput(field="shown")
    _decide_tip(session, tip, TipState.PUBLISHED, was=TipState.RECEIVED, by=by)
    tip.shown = words


def decline_tip(session: Session, tip: Tip, *, was: TipState, by: Viewer) -> None:
    """Keep a tip from readers, or take it back from them.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: it is not as the editor saw it any more.
    """
    _decide_tip(session, tip, TipState.DECLINED, was=was, by=by)


def _decide_tip(session: Session, tip: Tip, state: TipState, *, was: TipState, by: Viewer) -> None:
    if not policy.may_decide(by):
        raise NotAllowed
    if tip.state is not was:
        raise StaleRevision
    tip.state, tip.decided_by, tip.decided_at = state, by.person_id, clock.now()
    session.add(tip)


def _within(text: str, limit: int, field: str) -> str:
    words = clean(text).strip()
    if len(words) > limit:
        raise InvalidInput(field=field)
    return words
