"""A small published world, a retrieval that only counts words, a browser without JavaScript."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import TestClient
from sqlalchemy import Engine, text
from sqlmodel import Session

from desk.app import _allowed_hosts, _site, create_app
from desk.site import Site
from kb.access import Audience, Role, Viewer
from kb.articles import actions as articles
from kb.articles import queries
from kb.articles.actions import Draft
from kb.cases.models import Case
from kb.config import Config
from kb.db import migrate, open_engine, stored_id, transaction
from kb.people import actions as people
from kb.questions.models import NoAnswerReason
from prompts.loader import load
from retrieval.engines.offline import HashingEmbedder
from retrieval.generation.composing import compose
from retrieval.generation.rewording import Model, reword
from retrieval.results import (
    Answer,
    CaseSuggestion,
    Citation,
    Found,
    Hit,
    Kind,
    NoAnswer,
    Notice,
    Passage,
    Reply,
    Why,
)

PASSWORD = "correct horse battery"  # noqa: S105  # nobody's

WIFI_DE = """Meist liegt es am Funkkanal.

## Funkkanal wechseln
1. Öffnen Sie `http://kogge.box`. Sie sehen die Übersicht.
2. Wählen Sie **WLAN > Funkkanal**.
3. Tippen Sie auf **Automatisch**.

> **Hinweis:** 5 GHz ist schneller.

## Router umstellen
Siehe [Router einrichten](article:{router}#aufbau) und [Geheimes](article:{staff}).

## Wenn es nicht hilft
| Lampe | Farbe |
|---|--:|
| WLAN | grün |
"""


@dataclass
class WordCounting:
    """A retrieval for tests: finds what shares words with the question, in SQL's own words."""

    confidence: float = 0.9
    notices: frozenset[Notice] = frozenset()
    problem: Exception | None = None
    corrected: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    model: Model | None = None
    """What words answers, if anything."""

    @property
    def has_words_of_its_own(self) -> bool:
        return self.model is not None

    def reword(self, reply):
        self.calls.append("reword")
        return reword(self.model, HashingEmbedder().embed, reply)

    def compose(self, prompt, values, sources, locale):
        self.calls.append("compose")
        if self.model is None:
            return None
        embed = HashingEmbedder().embed
        return compose(self.model, embed, load(prompt), values, sources, locale)

    def search(self, session, question, viewer, locale, *, limit=10):
        self.calls.append("search")
        if self.problem is not None:
            raise self.problem
        asked = set(question.lower().split())
        hits = []
        for translation in queries.readable(session, viewer):
            shown = queries.published(
                session, viewer, locale=translation.locale, slug=translation.slug
            )
            words = set(f"{shown.revision.title} {shown.revision.body}".lower().split())
            if asked & words:
                score = len(asked & words) + (translation.locale == locale) / 2
                hits.append(Hit(_passage(shown), score, Why()))
        hits.sort(key=lambda hit: -hit.score)
        families = {}
        for hit in hits:
            families.setdefault(hit.passage.family_id, hit)
        found = list(families.values())[:limit]
        return Found(found, self.notices, self.confidence, corrected=self.corrected)

    def words(self, session, question, viewer, locale, *, limit=10):
        found = self.search(session, question, viewer, locale, limit=limit)
        self.calls[-1] = "words"
        return found

    def answer(self, session, question, viewer, locale):
        found = self.search(session, question, viewer, locale)
        self.calls.append("answer")
        if not found.hits:
            outcome = NoAnswer(NoAnswerReason.NOTHING_FOUND)
        elif self.confidence < 0.5:
            outcome = NoAnswer(NoAnswerReason.NOT_SURE, self.confidence)
        else:
            best = found.hits[0].passage
            outcome = Answer(best.text, self.confidence, [Citation(best, best.text)])
        return Reply(question, locale, outcome, found)

    @contextmanager
    def on_trial(self, session, new, locale):
        """SQL says what is on show, in this session too."""
        del session, new, locale
        self.calls.append("on_trial")
        yield self

    def suggest(self, session: Session, case: Case, viewer: Viewer) -> list[CaseSuggestion]:
        found = self.search(session, case.subject, viewer, case.locale)
        return [CaseSuggestion(hit, 0.7) for hit in found.hits]

    def solved(self, session, problem, viewer, locale, *, limit=3):
        del session, problem, viewer, locale, limit
        return Found([], self.notices, 0.0)

    def related(self, session, revision_id, viewer, locale):
        del revision_id
        return self.search(session, "router", viewer, locale)


def _passage(shown: queries.Published) -> Passage:
    return Passage(
        kind=Kind.PUBLIC,
        chunk_id=str(shown.revision.id),
        family_id=stored_id(shown.article.id),
        source_id=stored_id(shown.revision.id),
        locale=shown.translation.locale,
        title=shown.revision.title,
        slug=shown.translation.slug,
        section="Funkkanal wechseln",
        anchor="funkkanal-wechseln",
        text=shown.revision.body[:400],
        ordinal=1,
        audience=shown.article.audience,
    )


@dataclass(frozen=True)
class World:
    """What is in the database, by name."""

    wifi: int
    wifi_public_id: str
    wifi_revision: int
    staff_public_id: str


@pytest.fixture(scope="session")
def settled(tmp_path_factory) -> tuple[Path, World]:
    """The world, built once; every test gets a copy of the file."""
    path = tmp_path_factory.mktemp("world") / "world.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with transaction(engine) as session:
        built = _settle(session)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return path, built


@pytest.fixture
def engine(settled, tmp_path) -> Iterator[Engine]:
    copy = shutil.copy(settled[0], tmp_path / "lotse.sqlite3")
    engine = open_engine(f"sqlite:///{copy}")
    yield engine
    engine.dispose()


@pytest.fixture
def world(settled) -> World:
    return settled[1]


def _settle(session: Session) -> World:
    names = {"de": "Internet", "en": "Internet"}
    internet = articles.category(session, key="internet", icon="router", names=names)
    router_id = articles.public_id("desk", "router")
    staff_id = articles.public_id("desk", "staff")
    wifi = _article(session, "wifi", internet.id)
    body = WIFI_DE.replace("{router}", router_id).replace("{staff}", staff_id)
    shown = _publish(session, wifi, "de", "WLAN ist langsam", "wlan-langsam", body)
    _publish(session, wifi, "en", "Wi-Fi is slow", "wifi-slow", "Change the router's channel.")
    router = _article(session, "router", internet.id)
    _publish(session, router, "de", "Router einrichten", "router-einrichten", "## Aufbau\nrouter")
    moving = _article(session, "moving", internet.id)
    _publish(session, moving, "en", "Moving house", "moving-house", "Tell us about your umzug.")
    draft = _article(session, "draft", internet.id)
    words = Draft("Entwurf", "CANARYDRAFT wlan router", slug="entwurf")
    articles.revise(session, draft, locale="de", draft=words)
    staff = _article(session, "staff", internet.id, Audience.STAFF)
    _publish(session, staff, "de", "Intern", "intern", "CANARYSTAFF wlan router")
    gone = _article(session, "gone", internet.id)
    _publish(session, gone, "de", "Vorbei", "vorbei", "CANARYGONE wlan router")
    articles.archive(session, gone)
    for name, role in (("anna", Role.AGENT), ("eddi", Role.EDITOR)):
        people.add_person(session, name=name.title(), login=name, role=role, password=PASSWORD)
    return World(stored_id(wifi.id), wifi.public_id, shown, staff.public_id)


def _article(session, key, category_id, audience=Audience.PUBLIC):
    return articles.create_article(
        session, source_key=key, audience=audience, category_id=category_id
    )


def _publish(session, article, locale, title, slug, body) -> int:
    draft = Draft(title, body, summary=f"Zu {title}", slug=slug)
    revision = articles.revise(session, article, locale=locale, draft=draft)
    articles.publish(session, article, revision)
    return stored_id(revision.id)


@pytest.fixture
def retrieval() -> WordCounting:
    return WordCounting()


def _config(home: Path) -> Config:
    return Config(
        home=home,
        brand="Koggenet",
        service_phone="0800 5550199",
        metrics_token="watch-me",  # noqa: S106  # nobody's
        posts_per_hour=100_000,
        requests_per_minute=100_000,
        undo_seconds=0,
    )


@pytest.fixture
def config(tmp_path) -> Config:
    return _config(tmp_path)


@pytest.fixture(scope="session")
def routed(tmp_path_factory) -> Litestar:
    """Every route, put together once: that takes longer than most tests."""
    return create_app(
        _config(tmp_path_factory.mktemp("routed")),
        engine=open_engine("sqlite://"),
        retrieval=WordCounting(),
    )


@pytest.fixture
def app(routed: Litestar, config: Config, engine: Engine, retrieval: WordCounting) -> Litestar:
    """The application on the test's own site; one with a name of its own is built for it."""
    if _allowed_hosts(config) is not None:
        return create_app(config, engine=engine, retrieval=retrieval)
    shared: Site = routed.state["site"]
    site = _site(config, engine, retrieval, WordCounting)
    if site.assets == shared.assets:  # templates are compiled once, too
        site = replace(site, environments=shared.environments)
    state = State(routed.state.dict() | {"site": site})
    routed.state = state
    routed.on_startup = [site.slot.start, site.live.start]
    routed.on_shutdown = [site.live.end]
    return routed


@pytest.fixture
def visitor(app) -> Iterator[TestClient]:
    """Somebody nobody knows, reading German."""
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["accept-language"] = "de"
        yield client


@pytest.fixture(scope="session")
def reader(settled, tmp_path_factory) -> Iterator[TestClient]:
    """The same visitor on a site many tests share: for requests that keep nothing."""
    home = tmp_path_factory.mktemp("shared")
    engine = open_engine(f"sqlite:///{shutil.copy(settled[0], home / 'lotse.sqlite3')}")
    shared = create_app(_config(home), engine=engine, retrieval=WordCounting())
    with TestClient(shared, raise_server_exceptions=False) as client:
        client.headers["accept-language"] = "de"
        yield client
    engine.dispose()


@pytest.fixture
def anna(app) -> Iterator[TestClient]:
    """An agent, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "anna", PASSWORD)
        yield client


def sign_in(client: TestClient, login: str, password: str) -> None:
    sent = client.post(
        "/desk/sign-in", data={"login": login, "password": password}, follow_redirects=False
    )
    assert sent.status_code == 303
