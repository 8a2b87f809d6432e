"""Synonyms: listed with how often they are asked, changed with their history kept."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import rendering
from desk.curate import areas
from desk.curate.words import counting, places
from desk.curate.words.places import HERE
from desk.curate.words.views import Earlier, Effect, EffectPage, GroupView, SynonymsPage
from desk.deps import CurrentFields, CurrentRetrieval, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest, locale_of
from kb.access import ANYONE, Viewer
from kb.articles import shown
from kb.curation import policy
from kb.errors import InvalidInput, NotFound, Problem
from kb.people import queries as people
from kb.synonyms import actions, queries
from retrieval.assembly import Retrieval

_QUESTIONS = 5


@get(HERE, sync_to_thread=True)
def show_synonyms(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    of: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the groups of a language."""
    locale = places.language(of, locale_of(request))
    return rendering.respond(request, page=_page(session, staff_viewer, locale))


@post(f"{HERE}/synonyms", sync_to_thread=True, status_code=303)
def add(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
) -> Response[Any]:
    """Add a group."""
    locale = places.language(fields.line("of"), locale_of(request))
    try:
        actions.add_group(session, locale=locale, words=_words(fields), author_id=editor.person_id)
    except InvalidInput as problem:
        page = _page(session, editor, locale, fields.text("words"))
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(f"{HERE}?of={locale}", status_code=303)


@post(f"{HERE}/synonyms/{{number:int}}", sync_to_thread=True, status_code=303)
def change(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Redirect:
    """Give a group other words, or take it out of use."""
    group = _found(session, number)
    said = {
        "expected_version": fields.number("version") or 0,
        "author_id": editor.person_id,
    }
    if fields.line("do") == "remove":
        actions.remove_group(session, number, **said)
    else:
        actions.change_group(session, number, _words(fields), **said)
    return Redirect(f"{HERE}?of={group.locale}", status_code=303)


@get(f"{HERE}/synonyms/{{number:int}}", sync_to_thread=True)
def show_effect(
    request: HTTPRequest,
    session: CurrentSession,
    staff_viewer: CurrentViewer,
    retrieval: CurrentRetrieval,
    number: FromPath[int],
) -> Response[bytes]:
    """Search with and without a group, for questions customers asked."""
    page = _effect(session, staff_viewer, retrieval, _found(session, number))
    return rendering.respond(request, page=page)


def _effect(
    session: Session, viewer: Viewer, retrieval: Retrieval | None, group: queries.Group
) -> EffectPage:
    return EffectPage(
        areas=areas.tabs(session, "words"),
        shelves=places.shelves("synonyms", group.locale),
        languages=places.languages("synonyms", group.locale),
        of=group.locale,
        may_decide=policy.may_decide(viewer),
        error="",
        group=_view(session, group, counting.asked(session, group.locale)),
        effects=_effects(session, retrieval, group) if retrieval is not None else [],
        is_down=retrieval is None,
    )


def _effects(session: Session, retrieval: Retrieval, group: queries.Group) -> list[Effect]:
    questions = counting.using(counting.asked(session, group.locale), group.words, group.locale)
    asked = list(dict.fromkeys(questions))[:_QUESTIONS] or list(group.words)[:_QUESTIONS]
    found: list[Effect] = []
    for question in asked:
        try:
            with_it = retrieval.found_with(
                session, question, group.locale, queries.by_locale(session)
            )
            without = retrieval.found_with(
                session, question, group.locale, places.groups_without(session, group.id)
            )
        except Problem:
            return found
        if not with_it:
            found.append(Effect(question, "", 0, 0))
            continue
        best = with_it[0]
        named = shown.of_articles(session, ANYONE, [best], locale=group.locale)
        title = named[best].title if best in named else ""
        found.append(Effect(question, title, 1, without.index(best) + 1 if best in without else 0))
    return found


def _page(session: Session, viewer: Viewer, locale: str, typed: str = "") -> SynonymsPage:
    asked = counting.asked(session, locale)
    return SynonymsPage(
        areas=areas.tabs(session, "words"),
        shelves=places.shelves("synonyms", locale),
        languages=places.languages("synonyms", locale),
        of=locale,
        may_decide=policy.may_decide(viewer),
        error="words.error.group" if typed else "",
        groups=[_view(session, one, asked) for one in queries.groups(session, locale=locale)],
        typed=typed,
    )


def _view(session: Session, group: queries.Group, asked: counting.Asked) -> GroupView:
    rows = queries.history(session, group.id)
    names = people.names(session, {row.author_id for row in rows if row.author_id is not None})
    return GroupView(
        id=group.id,
        version=group.version,
        words=group.words,
        text=", ".join(group.words),
        asked=len(counting.using(asked, group.words, group.locale)),
        history=[
            Earlier(", ".join(row.words), names.get(row.author_id or 0, ""), row.created_at)
            for row in rows
        ],
    )


def _found(session: Session, number: int) -> queries.Group:
    found = next((one for one in queries.groups(session) if one.id == number), None)
    if found is None:
        raise NotFound
    return found


def _words(fields: Fields) -> list[str]:
    return fields.text("words").replace("\n", ",").split(",")


HANDLERS = [show_synonyms, add, change, show_effect]
