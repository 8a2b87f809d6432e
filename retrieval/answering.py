"""Answer a question with words that stand in an article, or say honestly that none does."""

from sqlmodel import Session

from kb.questions.models import NoAnswerReason
from kb.questions.policy import is_askable
from retrieval.citations import cite
from retrieval.engines.stack import Engines
from retrieval.index.collections import fingerprint
from retrieval.index.lexicon import Lexicons
from retrieval.language.detect import detect
from retrieval.results import Answer, Found, NoAnswer, Reply
from retrieval.search import Wish, search


def answer(
    session: Session, engines: Engines, lexicons: Lexicons, wish: Wish, *, threshold: float
) -> Reply:
    """Search, and quote the best passage if the confidence reaches the threshold."""
    mark = fingerprint(engines.embedder.digest, engines.embedder.max_tokens)
    if not is_askable(wish.question):
        return Reply(wish.question, wish.locale, NoAnswer(NoAnswerReason.EMPTY), Found([]), mark)
    found = search(session, engines, lexicons, wish)
    outcome = _outcome(found, wish, threshold)
    return Reply(wish.question, wish.locale, outcome, found, mark)


def asked_in(question: str, page_locale: str) -> str:
    """Return the language to answer in: the asker's, or the page's where that is unclear."""
    return detect(question, prior=page_locale)


def _outcome(found: Found, wish: Wish, threshold: float) -> Answer | NoAnswer:
    if not found.hits:
        return NoAnswer(NoAnswerReason.NOTHING_FOUND)
    if found.confidence < threshold:
        return NoAnswer(NoAnswerReason.NOT_SURE, found.confidence)
    citation = cite(wish.question, found.hits[0].passage)
    return Answer(citation.quote, found.confidence, [citation])
