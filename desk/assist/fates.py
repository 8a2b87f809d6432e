"""What became of suggestions: shown, inserted, sent as they stood or edited, dismissed."""

from collections.abc import Sequence

from sqlmodel import Session

from desk.assist.matching import BY_HAND, reasons
from desk.assist.quoting import Into, as_typed, passage_for, references
from desk.assist.telling import Told
from desk.assist.work import Work
from kb.cases import actions, queries, uses
from kb.cases.models import Case, Fate, Message, Suggestion, SuggestionKind
from kb.db import stored_id
from kb.errors import NotFound
from retrieval.results import CaseSuggestion, Kind, Passage

Subject = tuple[SuggestionKind, int]


def subject_of(passage: Passage) -> Subject:
    """Return what a passage is suggested as."""
    if passage.kind is Kind.SOLUTIONS:
        return SuggestionKind.SOLUTION, passage.source_id
    return SuggestionKind.ARTICLE, passage.family_id


def known(session: Session, case: Case) -> dict[Subject, Suggestion]:
    """Return the suggestions of a case so far."""
    rows = queries.suggestions(session, case.id or 0)
    return {(row.kind, row.subject_id): row for row in rows}


def note_shown(
    work: Work, found: Sequence[CaseSuggestion], told: Told
) -> dict[Subject, Suggestion]:
    """Record what is shown; what was shown before keeps its fate. Return all there are.

    Opened again, a case mostly shows the same, and then nothing is written.
    """
    there = known(work.session, work.case)
    said = {
        subject_of(one.hit.passage): (one.probability, reasons(one.hit, told)) for one in found
    }
    fresh = [subject for subject, now in said.items() if now != _said(there.get(subject))]
    if not fresh:
        return there
    for kind, subject_id in sorted(fresh):  # in one order: two that write at once take turns
        score, why = said[kind, subject_id]
        actions.record_suggestion(
            work.session, work.case, kind=kind, subject_id=subject_id, score=score, reasons=why
        )
    # at once: whoever writes next must not wait until this page is made
    work.session.commit()
    return known(work.session, work.case)


def _said(row: Suggestion | None) -> tuple[float, list[str]] | None:
    return (row.score, row.reasons) if row is not None else None


def dismiss(work: Work, subject: Subject, reason: str) -> None:
    """Note that a suggestion is no help here.

    Raises:
        NotFound: that was never suggested for this case.
    """
    found = suggestion(work, subject)
    uses.pin(work.session, found, is_pinned=False)
    actions.decide_suggestion(
        work.session, found, Fate.DISMISSED, by=work.viewer.person_id, reason=reason
    )


def restore(work: Work, subject: Subject) -> None:
    """Take a dismissal back; what was not dismissed stays as it is.

    Raises:
        NotFound: that was never suggested for this case.
    """
    found = suggestion(work, subject)
    if found.fate is Fate.DISMISSED:
        actions.decide_suggestion(work.session, found, Fate.SHOWN, by=work.viewer.person_id)


def pin(work: Work, subject: Subject, *, is_pinned: bool) -> None:
    """Keep a suggestion on top, or let it go; what was found by hand becomes one with it."""
    uses.pin(work.session, _suggested(work, subject), is_pinned=is_pinned)


def suggestion(work: Work, subject: Subject) -> Suggestion:
    """Return what was suggested for this case.

    Raises:
        NotFound: that never was.
    """
    found = known(work.session, work.case).get(subject)
    if found is None:
        raise NotFound
    return found


def decide(work: Work, subject: Subject, fate: Fate) -> Suggestion:
    """Note a fate; something found by hand becomes a suggestion with it."""
    found = _suggested(work, subject)
    actions.decide_suggestion(work.session, found, fate, by=work.viewer.person_id)
    return found


def put_in(
    work: Work, passage: Passage, text: str, *, into: Into = Into.REPLY, is_draft: bool = False
) -> Suggestion:
    """Note that this text of a passage was put in; of a reply it is measured when it is sent."""
    found = decide(work, subject_of(passage), Fate.INSERTED)
    if into is Into.REPLY:
        uses.put_in(work.session, found, text=text, by=work.viewer.person_id, is_draft=is_draft)
    return found


def note_sent(work: Work, said: Message, *, quoted: str) -> None:
    """Note of what was put into a reply how much of it was sent as it stood."""
    uses.forget_sent(work.session)
    measured, body = set(), said.body
    for use in uses.waiting(work.session, work.case_id, work.viewer.person_id):
        found = work.session.get_one(Suggestion, use.suggestion_id)
        fate = uses.measure(work.session, use, body, held_until=said.visible_from)
        actions.decide_suggestion(work.session, found, fate, by=work.viewer.person_id)
        measured.add(stored_id(found.id))
    for reference in references(quoted):
        passage = passage_for(work.session, reference, into=Into.REPLY, viewer=work.viewer)
        if passage is None or _is_among(work, passage, measured):
            continue
        if as_typed(passage, work.config.public_url) in body:
            decide(work, subject_of(passage), Fate.SENT)
        elif passage.url in body:
            decide(work, subject_of(passage), Fate.EDITED)


def note_taken_back(work: Work, said: Message) -> None:
    """Note that what was put into this reply has not been sent: it stands in the form again."""
    by = work.viewer.person_id
    for use in uses.take_back(work.session, work.case_id, by, held_until=said.visible_from):
        found = work.session.get_one(Suggestion, use.suggestion_id)
        actions.decide_suggestion(work.session, found, Fate.INSERTED, by=by)


def _is_among(work: Work, passage: Passage, measured: set[int]) -> bool:
    found = known(work.session, work.case).get(subject_of(passage))
    return found is not None and found.id in measured


def _suggested(work: Work, subject: Subject) -> Suggestion:
    kind, subject_id = subject
    return known(work.session, work.case).get(subject) or actions.record_suggestion(
        work.session, work.case, kind=kind, subject_id=subject_id, score=0.0, reasons=[BY_HAND]
    )
