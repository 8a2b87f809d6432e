"""What handlers are given: session, person, viewer, language, retrieval, the fields of a form.

One session per request: it commits when the handler returns, before the response leaves, and rolls
back on any Problem. `release` closes what is left when another dependency raised meanwhile.
"""

from collections.abc import Iterator

from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation
from litestar.types import Scope
from sqlalchemy import Engine
from sqlmodel import Session

from desk import i18n
from desk.rendering import HTTPRequest, Visit, locale_of
from desk.site import site_of
from kb.access import ANYONE, Viewer
from kb.config import Config, Locale
from kb.db import transaction
from kb.errors import NotFound, SignInNeeded
from kb.people import queries as people
from kb.people.models import Person
from kb.text import clean, one_line
from retrieval.assembly import Retrieval

COOKIE = "lotse_session"
LONGEST_TOKEN = 200
LONGEST_ID = 18

CurrentSession = NamedDependency[SkipValidation[Session]]
CurrentPerson = NamedDependency[SkipValidation[Person | None]]
CurrentViewer = NamedDependency[SkipValidation[Viewer]]
CurrentRetrieval = NamedDependency[SkipValidation[Retrieval | None]]
CurrentConfig = NamedDependency[SkipValidation[Config]]
CurrentEngine = NamedDependency[SkipValidation[Engine]]
CurrentLocale = NamedDependency[SkipValidation[Locale]]


class Fields(dict[str, str]):
    """What a form sent: text only, cleaned at the border, missing fields empty."""

    def line(self, name: str, *, limit: int = 300) -> str:
        """Return a field as one line."""
        return one_line(self.get(name, ""), limit=limit)

    def text(self, name: str) -> str:
        """Return a field with its line breaks."""
        return self.get(name, "").strip()

    def number(self, name: str) -> int | None:
        """Return a field as a row id, if it can be one."""
        value = self.line(name)
        is_id = value.isascii() and value.isdigit() and len(value) <= LONGEST_ID
        return int(value) if is_id else None


CurrentFields = NamedDependency[SkipValidation[Fields]]


def session_cookie(config: Config, token: str, *, days: int) -> Cookie:
    """Return the cookie that carries a sign-in; no days and no token takes it away."""
    return Cookie(
        key=COOKIE,
        value=token,
        max_age=days * 86_400,
        httponly=True,
        samesite="lax",
        secure=config.public_url.startswith("https://"),
    )


def provide_session(request: HTTPRequest) -> Iterator[Session]:
    """Open the request's session; commit or roll back at the end."""
    with transaction(site_of(request).engine) as session:
        request.state["session"] = session
        yield session


async def release(_error: Exception, scope: Scope) -> None:
    """Close the session of a request that failed before its handler ran."""
    session = scope.get("state", {}).get("session")
    if isinstance(session, Session):
        session.close()


def provide_person(request: HTTPRequest, session: CurrentSession) -> Person | None:
    """Return who is signed in; without the cookie nobody is asked for."""
    token = request.cookies.get(COOKIE, "")
    if not token or len(token) > LONGEST_TOKEN:
        return None
    person = people.signed_in(session, clean(token))
    if person is not None:
        locale = i18n.as_locale(person.locale) or site_of(request).config.default_locale
        request.state["visit"] = Visit(person.viewer, person.name, locale)
    return person


def provide_viewer(person: CurrentPerson) -> Viewer:
    """Return what the visitor may see."""
    return person.viewer if person is not None else ANYONE


def provide_staff(viewer: CurrentViewer) -> Viewer:
    """Return the viewer if they belong to the staff.

    Raises:
        SignInNeeded: nobody is signed in, or a customer is.
    """
    if not viewer.is_staff:
        raise SignInNeeded
    return viewer


def provide_editor(staff_viewer: CurrentViewer) -> Viewer:
    """Return the viewer if they are an editor; to everybody else of the staff nothing is there.

    Raises:
        NotFound: they are no editor.
    """
    if not staff_viewer.is_editor:
        raise NotFound
    return staff_viewer


def provide_locale(request: HTTPRequest, person: CurrentPerson) -> Locale:
    """Return the language of the page; on the desk it is the person's.

    Raises:
        NotFound: the address names a language we do not have.
    """
    del person  # asked for only because it must be known first
    named = request.path_params.get("language")
    if named is not None and i18n.as_locale(named) is None:
        raise NotFound
    return locale_of(request)


async def provide_fields(request: HTTPRequest) -> Fields:
    """Return the fields of the form that was sent."""
    form = await request.form()
    return Fields({name: clean(value) for name, value in form.items() if isinstance(value, str)})


def provide_retrieval(request: HTTPRequest) -> Retrieval | None:
    """Return retrieval, or None while it is starting or has failed to."""
    return site_of(request).slot.retrieval


def provide_config(request: HTTPRequest) -> Config:
    """Return the settings of this site."""
    return site_of(request).config


def provide_engine(request: HTTPRequest) -> Engine:
    """Return the database, for what needs a transaction of its own."""
    return site_of(request).engine


DEPENDENCIES = {
    "session": Provide(provide_session),
    "person": Provide(provide_person, sync_to_thread=True),
    "viewer": Provide(provide_viewer, sync_to_thread=False),
    "staff_viewer": Provide(provide_staff, sync_to_thread=False),
    "editor": Provide(provide_editor, sync_to_thread=False),
    "locale": Provide(provide_locale, sync_to_thread=False),
    "fields": Provide(provide_fields),
    "retrieval": Provide(provide_retrieval, sync_to_thread=False),
    "config": Provide(provide_config, sync_to_thread=False),
    "engine": Provide(provide_engine, sync_to_thread=False),
}
