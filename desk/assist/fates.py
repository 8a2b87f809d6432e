"""What became of suggestions: shown, inserted, sent as they stood or edited, dismissed."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from desk.assist.quoting import Into, as_typed, passage_for, references
from desk.assist.work import Work
from kb.cases import actions, queries
from kb.cases.models import Case, Fate, Suggestion, SuggestionKind
from kb.errors import NotFound
from retrieval.results import CaseSuggestion, Hit, Kind, Passage

Subject = tuple[SuggestionKind, int]
NEAR = 0.5
"""Cosine similarity from which two texts mean something alike."""
BY_HAND = "by hand"


def subject_of(passage: Passage) -> Subject:
    """Return what a passage is suggested as."""
    if passage.kind is Kind.SOLUTIONS:
        return SuggestionKind.SOLUTION, passage.source_id
    return SuggestionKind.ARTICLE, passage.family_id


def known(session: Session, case: Case) -> dict[Subject, Suggestion]:
    """Return the suggestions of a case so far."""
    rows = queries.suggestions(session, case.id or 0)
    return {(row.kind, row.subject_id): row for row in rows}


def note_shown(work: Work, found: Sequence[CaseSuggestion]) -> dict[Subject, Suggestion]:
    """Record what is shown; what was shown before keeps its fate."""
    try:
        return {
            subject: actions.record_suggestion(
                work.session,
                work.case,
                kind=subject[0],
                subject_id=subject[1],
                score=one.probability,
                reasons=reasons(one.hit),
            )
            for one in found
            for subject in [subject_of(one.hit.passage)]
        }
    except IntegrityError:  # a colleague opened the same case in this moment and noted it
        work.session.rollback()
        return known(work.session, work.case)


def reasons(hit: Hit) -> list[str]:
    """Return why it matched, without the words: they are the customer's."""
    matched = (("words", bool(hit.why.words)), ("meaning", hit.why.dense >= NEAR))
    return [name for name, is_so in matched if is_so]


def dismiss(work: Work, subject: Subject, reason: str) -> None:
    """Note that a suggestion is no help here.

    Raises:
        NotFound: that was never suggested for this case.
    """
    found = known(work.session, work.case).get(subject)
    if found is None:
        raise NotFound
    actions.decide_suggestion(
        work.session, found, Fate.DISMISSED, by=work.viewer.person_id, reason=reason
    )


def decide(work: Work, subject: Subject, fate: Fate) -> None:
    """Note a fate; something found by hand becomes a suggestion with it."""
    kind, subject_id = subject
    found = known(work.session, work.case).get(subject) or actions.record_suggestion(
        work.session, work.case, kind=kind, subject_id=subject_id, score=0.0, reasons=[BY_HAND]
    )
    actions.decide_suggestion(work.session, found, fate, by=work.viewer.person_id)


def note_sent(work: Work, *, body: str, quoted: str) -> None:
    """Note which inserted quotes a reply holds: as they stood, or only their source."""
    for reference in references(quoted):
        passage = passage_for(work.session, reference, into=Into.REPLY, viewer=work.viewer)
        if passage is None:
            continue
        if as_typed(passage, work.config.public_url) in body:
            decide(work, subject_of(passage), Fate.SENT)
        elif passage.url in body:
            decide(work, subject_of(passage), Fate.EDITED)
