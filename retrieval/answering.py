"""Answer a question with words that stand in an article, or say honestly that none does."""

from sqlmodel import Session

from kb.articles.devices import named_in
from kb.passages import queries as passages
from kb.questions.models import NoAnswerReason
from kb.questions.policy import is_askable
from retrieval import confidence
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


def answer_at(
    session: Session, engines: Engines, lexicons: Lexicons, wish: Wish, precision: float
) -> Reply:
    """Answer only where answers like this are right so often."""
    threshold = confidence.threshold(precision, engines.mark, wish.locale)
    return answer(session, engines, lexicons, wish, threshold=threshold)


def asked_in(question: str, page_locale: str) -> str:
    """Return the language to answer in: the asker's, or the page's where that is unclear."""
    return detect(question, prior=page_locale)


def _outcome(session: Session, found: Found, wish: Wish, threshold: float) -> Answer | NoAnswer:
    if not found.hits:
        return NoAnswer(NoAnswerReason.NOTHING_FOUND)
    if found.confidence < threshold:
        return NoAnswer(NoAnswerReason.NOT_SURE, found.confidence)
    best = _for_the_device_named(session, wish, found.hits[0].passage)
    citations = [cite(wish.question, best)]
    following = _following(session, wish, citations[0])
    if following is not None:
        citations.append(cite(wish.question, following))
    text = "\n\n".join(citation.quote for citation in citations)
    return Answer(text, found.confidence, citations)


def _for_the_device_named(session: Session, wish: Wish, passage: Passage) -> Passage:
    """Return the piece of the same article for the device the question names, if it has one.

    Steps for two devices read alike, so what is found may be for the other one.
    """
    collection = passages.serving(session, Slot(passage.kind, passage.locale).key)
    if not passage.devices or named_in(wish.question, passage.devices) or collection is None:
        return passage
    pieces = passages.of_sources(session, collection, [passage.source_id])
    fitting = [one for one in pieces if named_in(wish.question, one.devices.split(","))]
    nearest = sorted(fitting, key=lambda one: abs(one.ordinal - passage.ordinal))
    candidates = [Candidate(passage.kind, one.id) for one in nearest[:1]]
    found = authorize(session, wish.viewer, collection, candidates)
    return next(iter(found.values()), passage)


def _following(session: Session, wish: Wish, opening: Citation) -> Passage | None:
    """Return the piece after a short opening: it tells in a line what the next one does.

    A piece for some devices only goes with an opening for the same ones, or with a question that
    names one of them: steps for two devices never stand in one answer.
    """
    passage = opening.passage
    if passage.ordinal != 1 or len(opening.quote) > _SHORT_OPENING:
        return None
    collection = passages.serving(session, Slot(passage.kind, passage.locale).key)
    if collection is None:
        return None
    following = f"{passage.chunk_id.rsplit('.', 1)[0]}.{passage.ordinal + 1}"
    candidate = Candidate(passage.kind, following)
    found = authorize(session, wish.viewer, collection, [candidate]).get(following)
    return found if found is not None and _goes_with(found, passage, wish.question) else None


def _goes_with(following: Passage, opening: Passage, question: str) -> bool:
    if opening.devices or not following.devices:
        return following.devices == opening.devices
    return bool(named_in(question, following.devices))
