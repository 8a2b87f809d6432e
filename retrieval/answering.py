"""Answer a question with words that stand in an article, or say honestly that none does."""

from sqlmodel import Session

from kb.passages import queries as passages
from kb.questions.models import NoAnswerReason
from kb.questions.policy import is_askable
from retrieval.authorize import authorize
from retrieval.citations import cite
from retrieval.index.collections import Slot
from retrieval.index.lexicon import Lexicons
from retrieval.index.stack import Engines
from retrieval.language.detect import detect
from retrieval.results import Answer, Candidate, Citation, Found, NoAnswer, Passage, Reply
from retrieval.search import Wish, search

_SHORT_OPENING = 350
"""Letters up to which an opening is quoted together with the piece after it."""


def answer(
    session: Session, engines: Engines, lexicons: Lexicons, wish: Wish, *, threshold: float
) -> Reply:
    """Search, and quote the best passage if the confidence reaches the threshold."""
    if not is_askable(wish.question):
        return Reply(wish.question, wish.locale, NoAnswer(NoAnswerReason.EMPTY), Found([]))
    found = search(session, engines, lexicons, wish)
    outcome = _outcome(session, found, wish, threshold)
    return Reply(wish.question, wish.locale, outcome, found, engines.mark)


def asked_in(question: str, page_locale: str) -> str:
    """Return the language to answer in: the asker's, or the page's where that is unclear."""
    return detect(question, prior=page_locale)


def _outcome(session: Session, found: Found, wish: Wish, threshold: float) -> Answer | NoAnswer:
    if not found.hits:
        return NoAnswer(NoAnswerReason.NOTHING_FOUND)
    if found.confidence < threshold:
        return NoAnswer(NoAnswerReason.NOT_SURE, found.confidence)
    citations = [cite(wish.question, found.hits[0].passage)]
    following = _following(session, wish, citations[0])
    if following is not None:
        citations.append(cite(wish.question, following))
    text = "\n\n".join(citation.quote for citation in citations)
    return Answer(text, found.confidence, citations)


def _following(session: Session, wish: Wish, opening: Citation) -> Passage | None:
    """Return the piece after a short opening: it tells in a line what the next one does."""
    passage = opening.passage
    if passage.ordinal != 1 or len(opening.quote) > _SHORT_OPENING:
        return None
    collection = passages.serving(session, Slot(passage.kind, passage.locale).key)
    if collection is None:
        return None
    following = f"{passage.chunk_id.rsplit('.', 1)[0]}.{passage.ordinal + 1}"
    candidate = Candidate(passage.kind, following)
    return authorize(session, wish.viewer, collection, [candidate]).get(following)
