"""The glossary: terms with what they mean in plain words, in one language at a time."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session, col, select

from desk import rendering
from desk.curate import areas
from desk.curate.words import places
from desk.curate.words.places import HERE
from desk.curate.words.views import TermsPage, TermView
from desk.deps import CurrentFields, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest, locale_of
from kb.access import Viewer
from kb.curation import policy
from kb.db import stored_id
from kb.errors import InvalidInput, NotFound, StaleRevision
from kb.glossary import actions
from kb.glossary.models import GlossaryTerm
from kb.text import digest

_NOTHING = TermView(0, "", "", "", is_imported=False, state="")


@get(f"{HERE}/terms", sync_to_thread=True)
def show_terms(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    of: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the terms of a language."""
    locale = places.language(of, locale_of(request))
    return rendering.respond(request, page=_page(session, staff_viewer, locale))


@post(f"{HERE}/terms", sync_to_thread=True, status_code=303)
def add(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
) -> Response[Any]:
    """Explain a term; one that is there gets the new words."""
    locale = places.language(fields.line("of"), locale_of(request))
    try:
        _explain(session, locale, fields)
    except InvalidInput as problem:
        page = _page(session, editor, locale, _typed(fields))
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"{HERE}/terms?of={locale}", status_code=303)


@post(f"{HERE}/terms/{{number:int}}", sync_to_thread=True, status_code=303)
def change(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Redirect:
    """Explain a term anew, or take it out."""
    del editor  # asked for because it is there for nobody else
    term = session.get(GlossaryTerm, number, with_for_update=True)
    if term is None:
        raise NotFound
    if _state(term) != fields.line("state"):
        raise StaleRevision
    if fields.line("do") == "remove":
        actions.forget(session, term)
    else:
        _explain(session, term.locale, fields)
    return Redirect(f"{HERE}/terms?of={term.locale}", status_code=303)


def _explain(session: Session, locale: str, fields: Fields) -> None:
    actions.explain(
        session,
        locale=locale,
        term=fields.line("term"),
        meaning=fields.text("meaning"),
        spellings=fields.text("spellings").split(","),
    )


def _page(session: Session, viewer: Viewer, locale: str, typed: TermView = _NOTHING) -> TermsPage:
    rows = session.exec(
        select(GlossaryTerm).where(GlossaryTerm.locale == locale).order_by(col(GlossaryTerm.term))
    ).all()
    return TermsPage(
        areas=areas.tabs(session, "words"),
        shelves=places.shelves("terms", locale),
        languages=places.languages("terms", locale),
        of=locale,
        may_decide=policy.may_decide(viewer),
        error="words.error.term" if typed is not _NOTHING else "",
        terms=[_view(row) for row in rows],
        typed=typed,
    )


def _view(term: GlossaryTerm) -> TermView:
    return TermView(
        stored_id(term.id),
        term.term,
        term.meaning,
        ", ".join(term.spellings),
        is_imported=bool(term.source),
        state=_state(term),
    )


def _state(term: GlossaryTerm) -> str:
    return digest(term.term, term.meaning, *term.spellings)[:16]


def _typed(fields: Fields) -> TermView:
    return TermView(
        0,
        fields.line("term"),
        fields.text("meaning"),
        fields.text("spellings"),
        is_imported=False,
        state="",
    )


HANDLERS = [show_terms, add, change]
