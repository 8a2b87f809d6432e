"""What became of a draft in a model's words: sent as it stood, changed, or thrown away."""

from desk.assist import fates
from desk.assist.work import Work
from kb.cases import uses
from kb.cases.models import Message
from kb.generation import actions, queries
from kb.generation.models import GeneratedText, GenerationState, Purpose
from retrieval.results import Passage


def put_in_before(work: Work, passage: Passage) -> str:
    """Return the draft of this passage that was put into the reply last; empty: none."""
    found = fates.known(work.session, work.case).get(fates.subject_of(passage))
    waiting = uses.waiting(work.session, work.case_id, work.viewer.person_id)
    texts = [
        one.text
        for one in waiting
        if found is not None and one.is_draft and one.suggestion_id == found.id
    ]
    return texts[-1] if texts else ""


def note_sent(work: Work, said: Message) -> None:
    """Note of the newest draft how much of its sentences was changed until it was sent.

    Those before it were replaced by it.
    """
    newest, *older = _undecided(work) or (None,)
    if newest is None:
        return
    edits = sum(uses.distance(one["text"], said.body, is_draft=False) for one in newest.kept)
    actions.decide(work.session, newest, edits=edits, at=said.visible_from)
    for one in older:
        if one is not None:
            actions.throw_away(work.session, one)


def note_taken_back(work: Work, said: Message) -> None:
    """Let a draft wait again whose reply is taken back."""
    for one in _drafts(work):
        if one.decided_at is not None and one.decided_at == said.visible_from:
            actions.undecide(work.session, one)


def thrown_away(work: Work) -> None:
    """Note that the literal draft is wanted instead."""
    for one in _undecided(work):
        actions.throw_away(work.session, one)


def _undecided(work: Work) -> list[GeneratedText]:
    shown = GenerationState.SHOWN
    return [one for one in _drafts(work) if one.state is shown and one.fate is None]


def _drafts(work: Work) -> list[GeneratedText]:
    by = work.viewer.person_id or 0
    found = queries.texts_of_case(work.session, work.case_id, Purpose.DRAFT_REPLY, asked_by=by)
    return list(found)
