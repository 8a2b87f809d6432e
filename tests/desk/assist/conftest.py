"""Two cases on Anna's desk, and a retrieval that offers what a test lays out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from litestar.testing import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from desk.app import create_app
from kb.access import Audience, Viewer
from kb.articles.models import Article, Revision, Translation
from kb.cases import actions as cases
from kb.cases.models import Case, TrailKind
from kb.config import Config
from kb.db import stored_id, transaction
from kb.passages import actions as passages
from kb.passages.models import Chunk, Source
from kb.people import actions as people
from kb.people.models import Person
from prompts.loader import load
from retrieval.engines.offline import HashingEmbedder
from retrieval.generation.composing import Model, compose
from retrieval.index.collections import Slot
from retrieval.results import CaseSuggestion, Found, Hit, Kind, Notice, Passage, Why
from tests.desk.conftest import PASSWORD, sign_in

WORDS = "Öffnen Sie [kogge.box](http://kogge.box).\n\n1. Funkkanal wählen.\n2. Warten."
INTERNAL = "Gutschrift bis 20 Euro ohne Rücksprache. CANARYINTERNAL"
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BODY = f"Mein WLAN ist lahm!\nIch bin Karla Kundig, 0171 3920014.\n{ATTACK}"


@dataclass
class LaidOut:
    """A retrieval that offers what it was told to, and remembers what it was asked."""

    suggestions: list[CaseSuggestion] = field(default_factory=list)
    notices: frozenset[Notice] = frozenset()
    problem: Exception | None = None
    asked: list[tuple[str, Viewer]] = field(default_factory=list)
    model: Model | None = None

    @property
    def has_words_of_its_own(self) -> bool:
        return self.model is not None

    def compose(self, prompt, values, sources, locale):
        embed = HashingEmbedder().embed
        return compose(self.model, embed, load(prompt), values, sources, locale)

    def suggest(self, session: Session, case: Case, viewer: Viewer) -> list[CaseSuggestion]:
        del session
        self.asked.append((case.subject, viewer))
        if self.problem is not None:
            raise self.problem
        return self.suggestions

    def search(self, session, question, viewer, locale, *, limit=10):
        del session, locale
        self.asked.append((question, viewer))
        if self.problem is not None:
            raise self.problem
        found = [one.hit for one in self.suggestions if question in one.hit.passage.text]
        return Found(found[:limit], self.notices)


@dataclass(frozen=True)
class Desk:
    """What is on the desk, by name."""

    karlas: int
    karlas_link: str
    ottos: int
    anna: int
    eddi: int
    wifi: int
    staff: int
    public: Passage
    internal: Passage
    solution: Passage

    @property
    def url(self) -> str:
        return f"/desk/cases/{self.karlas}"


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """Karla's case is new, with a trail; Otto's is solved and has left a solution."""
    with transaction(engine) as session:
        karla = people.customer(
            session, name=f"Karla Kundig{ATTACK}", email="karla@example.com", locale="de"
        )
        otto = people.customer(session, name="Otto Ohm", email="", locale="en")
        wifi, staff = _article(session, "wifi"), _article(session, "staff")
        karlas = cases.open_case(
            session,
            customer=karla,
            subject=f"WLAN bei Karla Kundig {ATTACK}",
            body=BODY,
            locale="de",
            trail=[
                cases.Step(TrailKind.ASKED, f"wlan lahm {ATTACK}"),
                cases.Step(TrailKind.READ, "WLAN ist langsam", stored_id(wifi.id)),
            ],
        )
        ottos = cases.open_case(
            session, customer=otto, subject="SIM lost", body="Gone.", locale="en"
        )
        solution = cases.keep_solution(
            session, ottos, cases.Essence(problem="SIM lost", resolution="Send a new one.")
        )
        by_login = {one.login: stored_id(one.id) for one in session.exec(select(Person)).all()}
        return Desk(
            karlas=stored_id(karlas.id),
            karlas_link=karlas.public_id,
            ottos=stored_id(ottos.id),
            anna=by_login["anna"],
            eddi=by_login["eddi"],
            wifi=stored_id(wifi.id),
            staff=stored_id(staff.id),
            public=_passage(session, Kind.PUBLIC, wifi, WORDS),
            internal=_passage(session, Kind.STAFF, staff, INTERNAL),
            solution=_chunk(
                session,
                Passage(
                    kind=Kind.SOLUTIONS,
                    chunk_id=f"s{solution.id}.1",
                    family_id=stored_id(ottos.id),
                    source_id=stored_id(solution.id),
                    locale="en",
                    title="SIM lost",
                    slug="",
                    section="",
                    anchor="",
                    text="SIM lost\n\nSend a new one.",
                    ordinal=1,
                    audience=Audience.STAFF,
                ),
            ),
        )


def _article(session: Session, key: str) -> Article:
    return session.exec(select(Article).where(Article.source_key == key)).one()


def _passage(session: Session, kind: Kind, article: Article, text: str) -> Passage:
    translation, revision = session.exec(
        select(Translation, Revision)
        .where(Translation.article_id == article.id, Translation.locale == "de")
        .where(Translation.published_id == Revision.id)
    ).one()
    passage = Passage(
        kind=kind,
        chunk_id=f"r{revision.id}.1",
        family_id=stored_id(article.id),
        source_id=stored_id(revision.id),
        locale="de",
        title=revision.title,
        slug=translation.slug,
        section="Funkkanal wechseln",
        anchor="funkkanal-wechseln",
        text=text,
        ordinal=1,
        audience=article.audience,
    )
    return _chunk(session, passage)


def _chunk(session: Session, passage: Passage) -> Passage:
    slot = Slot(passage.kind, passage.locale)
    collection = slot.collection("0123456789ab")
    is_solution = passage.kind is Kind.SOLUTIONS
    chunk = Chunk(
        collection=collection,
        id=passage.chunk_id,
        source=Source.SOLUTION if is_solution else Source.REVISION,
        source_id=passage.source_id,
        family_id=passage.family_id,
        locale=passage.locale,
        ordinal=passage.ordinal,
        section=passage.section,
        anchor=passage.anchor,
        text=passage.text,
    )
    passages.write(session, [chunk])
    passages.serve(session, slot.key, collection)
    return passage


def offer(passage: Passage, probability: float = 0.8, **why) -> CaseSuggestion:
    """Return a suggestion of this passage."""
    hit = Hit(passage, 0.9, Why(words=("Funkkanal", "Router"), dense=0.7))
    hit = replace(hit, why=replace(hit.why, **why))
    resolution = "Send a new one." if passage.kind is Kind.SOLUTIONS else ""
    return CaseSuggestion(hit, probability, resolution)


@pytest.fixture
def retrieval(desk: Desk) -> LaidOut:
    return LaidOut([offer(desk.public), offer(desk.internal, 0.6), offer(desk.solution, 0.4)])


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """A colleague, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


@pytest.fixture
def unready(config: Config, engine: Engine, monkeypatch) -> Iterator[TestClient]:
    """Anna's desk while search is still starting."""
    monkeypatch.setattr("desk.slot.RetrievalSlot.start", lambda _: None)
    with TestClient(create_app(config, engine=engine), raise_server_exceptions=False) as client:
        sign_in(client, "anna", PASSWORD)
        yield client
