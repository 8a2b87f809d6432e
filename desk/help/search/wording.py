"""The same answer in a model's words, shown above its quotes once its parts are checked.

The page asks for it after it is there, so nobody waits: with a model that is slow, wrong or gone,
the quotes are all there is, as without one. A question is worded once; what came of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import structlog
from litestar import Response, Router, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, SkipValidation
from sqlalchemy import Engine
from sqlmodel import Session

from desk import rendering
from desk.deps import (
    CurrentConfig,
    CurrentEngine,
    CurrentLocale,
    CurrentRetrieval,
    CurrentSession,
    CurrentViewer,
)
from desk.help.trail import LONGEST_ID, Footprints
from desk.rendering import HTTPRequest, View
from desk.security import visitor_of
from desk.site import site_of
from kb import clock
from kb.access import ANYONE, Viewer
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.config import Config
from kb.db import stored_id, transaction
from kb.errors import NotFound, Problem, TooManyRequests
from kb.generation import actions, queries
from kb.generation.models import GeneratedAnswer, GenerationState
from kb.questions import queries as questions
from retrieval.assembly import Retrieval
from retrieval.generation.rewording import Reworded

log = structlog.get_logger()


@dataclass(frozen=True)
class Source:
    """Where a part stands."""

    number: int
    title: str
    section: str
    url: str


@dataclass(frozen=True)
class Sentence:
    """A part of the answer with its sources."""

    text: str
    sources: Sequence[Source]


@dataclass(frozen=True)
class Asked:
    """A question as it was kept."""

    question_id: int
    public_id: str
    text: str
    locale: str


@dataclass(frozen=True)
class WritingDesk:
    """What wording an answer takes."""

    engine: Engine
    config: Config
    retrieval: Retrieval | None

    @property
    def has_model(self) -> bool:
        return self.retrieval is not None and self.retrieval.has_words_of_its_own


@dataclass(frozen=True)
class Wording(View):
    """The fragment that takes the place of the notice that the answer is being worded."""

    template: ClassVar[str] = "help/_wording.html"
    sentences: Sequence[Sentence] = ()


def provide_asked(
    session: CurrentSession, viewer: CurrentViewer, locale: CurrentLocale, public_id: FromPath[str]
) -> Asked:
    """Return the question that is to be worded.

    Raises:
        NotFound: there is none, or it is not for this viewer.
    """
    question = questions.by_public_id(session, public_id[:LONGEST_ID])
    if question is None or question.audience not in viewer.audiences:
        raise NotFound
    del locale  # asked for because an address in a language we do not have is none
    return Asked(stored_id(question.id), public_id, question.text, question.locale)


def provide_desk(
    engine: CurrentEngine, config: CurrentConfig, retrieval: CurrentRetrieval
) -> WritingDesk:
    """Return what wording an answer takes."""
    return WritingDesk(engine, config, retrieval)


@post(
    "/questions/{public_id:str}/wording", sync_to_thread=True, status_code=200, keeps_nothing=True
)
def word_answer(
    request: HTTPRequest,
    session: CurrentSession,
    viewer: CurrentViewer,
    asked: NamedDependency[SkipValidation[Asked]],
    writing_desk: NamedDependency[SkipValidation[WritingDesk]],
) -> Response[Any]:
    """Show what a model makes of an answer; nothing, where that does not hold."""
    made = queries.of_question(session, asked.question_id)
    if made is None and writing_desk.has_model:
        session.rollback()  # what may be seen is looked up anew, seconds later
        made = _worded(request, writing_desk, asked)
    prints = Footprints(question=asked.public_id)
    shown = wording(session, viewer, made, prints) if made else Wording()
    return rendering.respond(request, fragment=shown)


def wording(
    session: Session, viewer: Viewer, made: GeneratedAnswer, prints: Footprints
) -> Wording:
    """Return an answer as readers see it: only while all it rests on may be seen."""
    if made.state is not GenerationState.SHOWN:
        return Wording()
    sources = {one["number"]: one for one in made.sources}
    kept = [one for one in made.parts if one["flaw"] is None]
    used = {sources[number]["revision"] for one in kept for number in one["numbers"]}
    known = articles.by_revisions(session, viewer, used)
    if not kept or used - known.keys():
        return Wording()
    links = {
        number: Source(
            number,
            known[one["revision"]].revision.title,
            one["section"],
            prints.link(
                address(
                    known[one["revision"]].translation.locale,
                    known[one["revision"]].translation.slug,
                ),
                one["anchor"],
            ),
        )
        for number, one in sources.items()
        if one["revision"] in known
    }
    said = [Sentence(one["text"], [links[number] for number in one["numbers"]]) for one in kept]
    return Wording(said)


def _worded(
    request: HTTPRequest, writing_desk: WritingDesk, asked: Asked
) -> GeneratedAnswer | None:
    """Ask the model, unless this visitor or this day had enough, or somebody asks already.

    No transaction is open meanwhile: a model takes seconds.
    """
    try:
        site_of(request).rates.wording(visitor_of(request))
    except TooManyRequests:
        return None
    most = writing_desk.config.llm_tokens_per_day
    with transaction(writing_desk.engine) as own:
        spent = queries.tokens_since(own, clock.now() - timedelta(days=1))
        if most and spent >= most:
            log.warning("tokens_of_the_day_spent", tokens=spent)
            return None
        if not actions.claim(own, asked.question_id):
            return None
    made = _made(writing_desk, asked)
    with transaction(writing_desk.engine) as own:
        actions.keep(own, made)
    return made


def _made(writing_desk: WritingDesk, asked: Asked) -> GeneratedAnswer:
    """Search again, so that only what may be seen now is shown to the model."""
    retrieval, told = writing_desk.retrieval, None
    try:
        with Session(writing_desk.engine) as own:
            reply = retrieval.answer(own, asked.text, ANYONE, asked.locale) if retrieval else None
        told = retrieval.reword(reply) if retrieval and reply else None
    except Problem as problem:
        log.warning("wording_unavailable", kind=type(problem).__name__)
    if told is None:
        nothing = GenerationState.NOT_ASKED
        return GeneratedAnswer(question_id=asked.question_id, state=nothing)
    log.info("answer_worded", state=str(told.ended), dropped=len(told.dropped))
    return _kept(asked.question_id, told)


def _kept(question_id: int, told: Reworded) -> GeneratedAnswer:
    said = told.said
    return GeneratedAnswer(
        question_id=question_id,
        state=GenerationState(told.ended),
        parts=[
            {
                "text": one.part.text,
                "numbers": list(one.part.numbers),
                "flaw": str(one.flaw) if one.flaw else None,
                "shared": one.shared,
                "near": one.near,
            }
            for one in (*told.kept, *told.dropped)
        ],
        sources=[
            {
                "number": one.number,
                "revision": one.passage.source_id,
                "section": one.passage.section,
                "anchor": one.passage.anchor,
            }
            for one in told.sources
        ],
        prompt=told.prompt.title if told.prompt else "",
        prompt_digest=told.prompt.digest if told.prompt else "",
        model=told.model,
        trouble=told.trouble,
        tokens_in=said.tokens_in if said else 0,
        tokens_out=said.tokens_out if said else 0,
        milliseconds=said.seconds * 1_000 if said else 0.0,
    )


router = Router(
    "/",
    route_handlers=[word_answer],
    dependencies={
        "asked": Provide(provide_asked, sync_to_thread=True),
        "writing_desk": Provide(provide_desk, sync_to_thread=False),
    },
)
