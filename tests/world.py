"""A named cast with a meaning, and what they know. Tests read like stories about them.

- Kim is a customer with a case. Her private link leads to it; its internal note is not for her.
- Olaf is another customer, with a case of his own. He has no business with Kim's.
- Ada is an agent. She works on cases and reads what staff may read, but edits no article.
- Edda is an editor. She does what Ada does, and writes articles.
- Root is the admin.
- Mal was an agent and is deactivated. His password is right, and he must get nowhere with it.
- A visitor is nobody in particular: `kb.access.ANYONE`.

There is an article for every standing and audience, in German and English. Each of its texts
carries a canary: a random word found nowhere else, so that seeing it proves a leak.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlmodel import Session

from kb.access import Audience, Role, Viewer
from kb.articles import actions as articles
from kb.articles.models import Article, Category, Revision, State, Translation
from kb.cases import actions as cases
from kb.cases.models import Case, Solution
from kb.config import LOCALES
from kb.db import migrate, open_engine, stored_id, transaction
from kb.people.models import Person
from tests.databases import Rows, all_rows, insert_rows

PASSWORD = "correct horse battery staple"  # noqa: S105  # of everybody who has a login
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
TITLES = {"de": "WLAN ist langsam", "en": "Wi-Fi is slow"}


class Standing(StrEnum):
    """How far a text has come. Only ON_SHOW is for readers."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    ON_SHOW = "on show"
    SUPERSEDED = "superseded: an older revision of an article on show"
    PENDING = "pending: a newer revision of an article on show, not published yet"
    UNPUBLISHED = "unpublished: was on show once"
    ARCHIVED = "archived translation"
    ARCHIVED_FAMILY = "published, then its whole family archived"


@dataclass(frozen=True)
class Piece:
    """One revision in the world, and the canary in its title, summary, body and tags."""

    standing: Standing
    audience: Audience
    locale: str
    canary: str
    article_id: int
    translation_id: int
    revision_id: int
    slug: str
    media_id: str

    def is_for(self, viewer: Viewer) -> bool:
        """Say it once more, in other words than `policy` does: tests compare the two."""
        if self.standing is not Standing.ON_SHOW:
            return False
        return self.audience is Audience.PUBLIC or viewer.role is not Role.CUSTOMER


@dataclass(frozen=True)
class World:
    """The cast, their cases, and every piece of knowledge with its canary."""

    kim: Person
    olaf: Person
    ada: Person
    edda: Person
    root: Person
    mal: Person
    category: Category
    pieces: tuple[Piece, ...]
    kims_case: Case
    olafs_case: Case
    solution: Solution
    kims_words: str
    """Canary in Kim's message."""
    adas_answer: str
    """Canary in Ada's answer to Kim."""
    internal_note: str
    """Canary in Ada's note about Kim, which Kim must never see."""
    olafs_words: str
    """Canary in Olaf's message."""
    solution_words: str
    """Canary in the solution of Olaf's case, which is for staff."""

    def piece(
        self,
        standing: Standing = Standing.ON_SHOW,
        audience: Audience = Audience.PUBLIC,
        locale: str = "de",
    ) -> Piece:
        return next(
            piece
            for piece in self.pieces
            if (piece.standing, piece.audience, piece.locale) == (standing, audience, locale)
        )

    def canaries_for(self, viewer: Viewer) -> set[str]:
        """Return the canaries of the articles this viewer may read."""
        return {piece.canary for piece in self.pieces if piece.is_for(viewer)}

    def canaries_hidden_from(self, viewer: Viewer) -> set[str]:
        """Return every canary, of articles and cases, that no page for this viewer may show."""
        hidden = {piece.canary for piece in self.pieces} - self.canaries_for(viewer)
        if viewer.role is Role.CUSTOMER:
            hidden |= {self.internal_note, self.solution_words}
        return hidden


def canary() -> str:
    """Return a word that stands nowhere else and survives every analysis of text unchanged."""
    return "kanari" + "".join(secrets.choice("bdfgkmnprstvz") for _ in range(14))


def settle(engine: Engine) -> World:
    """Put the cast and their world into an empty database."""
    world, rows = _once()
    insert_rows(engine, rows)
    with Session(engine, expire_on_commit=False) as session:
        return replace(
            world,
            kim=session.get_one(Person, world.kim.id),
            olaf=session.get_one(Person, world.olaf.id),
            ada=session.get_one(Person, world.ada.id),
            edda=session.get_one(Person, world.edda.id),
            root=session.get_one(Person, world.root.id),
            mal=session.get_one(Person, world.mal.id),
            category=session.get_one(Category, world.category.id),
            kims_case=session.get_one(Case, world.kims_case.id),
            olafs_case=session.get_one(Case, world.olafs_case.id),
            solution=session.get_one(Solution, world.solution.id),
        )


@cache
def _once() -> tuple[World, Rows]:
    """Build the world by the real actions, once; it is copied into every test's database."""
    engine = open_engine("sqlite://")
    migrate(engine)
    world = _build(engine)
    rows = all_rows(engine)
    engine.dispose()
    return world, rows


def _build(engine: Engine) -> World:
    with transaction(engine) as session:
        kim = _person(session, "Kim Kundt", Role.CUSTOMER)
        olaf = _person(session, "Olaf Other", Role.CUSTOMER)
        ada = _person(session, "Ada Agent", Role.AGENT)
        edda = _person(session, "Edda Editor", Role.EDITOR)
        root = _person(session, "Root Admin", Role.ADMIN)
        mal = _person(session, "Mal Malice", Role.AGENT, is_active=False)
        session.flush()
        category = articles.category(
            session, key="internet", names={"de": "Internet", "en": "Internet access"}, icon="wifi"
        )
        pieces = tuple(
            piece for audience in Audience for piece in _pieces(session, category, audience)
        )
        words = {name: canary() for name in ("kim", "ada", "note", "olaf", "solution")}
        kims_case = cases.open_case(
            session,
            customer=kim,
            subject="Router",
            body=f"Mein Router blinkt rot. {words['kim']}",
            locale="de",
        )
        cases.say(session, kims_case, author=ada.viewer, body=f"Bitte neu starten. {words['ada']}")
        note = f"Kim wirkt verärgert. {words['note']}"
        cases.say(session, kims_case, author=ada.viewer, body=note, internal=True)
        olafs_case = cases.open_case(
            session, customer=olaf, subject="SIM", body=f"SIM lost. {words['olaf']}", locale="en"
        )
        solution = cases.keep_solution(
            session,
            olafs_case,
            cases.Essence(problem=f"SIM lost. {words['solution']}", resolution="Send a new one."),
        )
        return World(
            kim=kim,
            olaf=olaf,
            ada=ada,
            edda=edda,
            root=root,
            mal=mal,
            category=category,
            pieces=pieces,
            kims_case=kims_case,
            olafs_case=olafs_case,
            solution=solution,
            kims_words=words["kim"],
            adas_answer=words["ada"],
            internal_note=words["note"],
            olafs_words=words["olaf"],
            solution_words=words["solution"],
        )


def _person(session: Session, name: str, role: Role, *, is_active: bool = True) -> Person:
    """Staff sign in by their first name and PASSWORD; customers have no login."""
    first = name.split(maxsplit=1)[0].casefold()
    has_login = role is not Role.CUSTOMER
    person = Person(
        name=name,
        email=f"{first}@example.org",
        login=first if has_login else None,
        role=role,
        password_hash=_HASH if has_login else "",
        is_active=is_active,
    )
    session.add(person)
    return person


def _pieces(session: Session, category: Category, audience: Audience) -> Iterable[Piece]:
    for standing in Standing:
        if standing in {Standing.SUPERSEDED, Standing.PENDING}:
            continue  # they come with ON_SHOW
        article = articles.create_article(
            session,
            source_key=f"{audience}/{standing}",
            source="world",
            audience=audience,
            category_id=category.id,
        )
        for locale in LOCALES:
            yield from _translation(session, article, standing, locale)
        if standing is Standing.ARCHIVED_FAMILY:
            articles.archive(session, article)


def _translation(
    session: Session, article: Article, standing: Standing, locale: str
) -> Iterable[Piece]:
    if standing is Standing.ON_SHOW:
        yield _revise(session, article, Standing.SUPERSEDED, locale)
    piece = _revise(session, article, standing, locale)
    yield piece
    if standing not in {Standing.DRAFT, Standing.IN_REVIEW}:
        articles.publish(session, article, session.get_one(Revision, piece.revision_id))
    if standing is Standing.UNPUBLISHED:
        articles.unpublish(session, article, locale=locale)
    translation = session.get_one(Translation, piece.translation_id)
    if standing in {Standing.IN_REVIEW, Standing.ARCHIVED}:
        translation.state = State(standing.name.lower().replace("_", " "))
    if standing is Standing.ON_SHOW:
        yield _revise(session, article, Standing.PENDING, locale)


def _revise(session: Session, article: Article, standing: Standing, locale: str) -> Piece:
    word = canary()
    revision = articles.revise(
        session,
        article,
        locale=locale,
        draft=articles.Draft(
            title=f"{TITLES[locale]} {word}",
            summary=f"{TITLES[locale]}: {word}",
            body=f"## Router\n\n1. {word} neu starten.\n2. Warten.\n",
            tags=[word],
        ),
    )
    image = articles.attach_media(
        session,
        article,
        file_name=f"{word}.png",
        content_type="image/png",
        content=word.encode(),
    )
    translation = session.get_one(Translation, revision.translation_id)
    return Piece(
        standing=standing,
        audience=article.audience,
        locale=locale,
        canary=word,
        article_id=stored_id(article.id),
        translation_id=revision.translation_id,
        revision_id=stored_id(revision.id),
        slug=translation.slug,
        media_id=image.id,
    )
