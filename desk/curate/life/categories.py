"""The category tree: names, icons, order and places; removed only when nothing is lost."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.curate.life.categories_views import ICONS, Typed, categories_page, category_page
from desk.deps import CurrentFields, CurrentLocale, CurrentSession, CurrentViewer, Fields
from desk.rendering import HTTPRequest
from kb.articles import tree
from kb.articles.tree import Wanted
from kb.config import LOCALES
from kb.errors import InvalidInput

HERE = "/desk/curation/categories"
ONE = f"{HERE}/{{number:int}}"


@get(HERE, sync_to_thread=True)
def show_categories(
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    editor: CurrentViewer,
    moved: FromQuery[int] = 0,
) -> Response[bytes]:
    """Show the tree."""
    del editor  # asked for because it is there for nobody else
    return rendering.respond(request, page=categories_page(session, locale, moved=moved))


@post(HERE, sync_to_thread=True, status_code=303)
def add(
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    editor: CurrentViewer,
    fields: CurrentFields,
) -> Response[Any]:
    """Add a category."""
    del editor  # asked for because it is there for nobody else
    try:
        tree.add(session, _wanted(fields))
    except InvalidInput as problem:
        page = categories_page(session, locale, typed=_typed(fields, problem))
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(HERE, status_code=303)


@get(ONE, sync_to_thread=True)
def show_category(
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    editor: CurrentViewer,
    number: FromPath[int],
) -> Response[bytes]:
    """Show one category."""
    del editor  # asked for because it is there for nobody else
    page = category_page(session, tree.category(session, number), locale)
    return rendering.respond(request, page=page)


@post(ONE, sync_to_thread=True, status_code=303)
def change(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Keep names, icon and place."""
    del editor  # asked for because it is there for nobody else
    category = tree.category(session, number)
    try:
        tree.change(session, category, _wanted(fields))
    except InvalidInput as problem:
        page = category_page(session, category, locale, _typed(fields, problem))
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(HERE, status_code=303)


@post(f"{ONE}/position", sync_to_thread=True, status_code=303)
def move(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Redirect:
    """Put it one place up or down."""
    del editor  # asked for because it is there for nobody else
    tree.move(session, tree.category(session, number), by=-1 if fields.line("to") == "up" else 1)
    return Redirect(f"{HERE}?moved={number}#category-{number}", status_code=303)


@post(f"{ONE}/removal", sync_to_thread=True, status_code=303)
def remove(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    editor: CurrentViewer,
    fields: CurrentFields,
    number: FromPath[int],
) -> Response[Any]:
    """Remove it; what it holds goes into another one first."""
    del editor  # asked for because it is there for nobody else
    category, into = tree.category(session, number), fields.number("into")
    try:
        tree.remove(session, category, into=tree.category(session, into) if into else None)
    except InvalidInput as problem:
        page = category_page(session, category, locale)
        return rendering.respond(request, page=page, status=problem.status)
    return Redirect(HERE, status_code=303)


def _wanted(fields: Fields) -> Wanted:
    icon = fields.line("icon")
    return Wanted(
        names={locale: fields.line(f"name-{locale}") for locale in LOCALES},
        icon=icon if icon in ICONS else "folder",
        parent_id=fields.number("parent"),
    )


def _typed(fields: Fields, problem: InvalidInput) -> Typed:
    wanted = _wanted(fields)
    error = f"life.error.{problem.details['field']}"
    return Typed(wanted.names, wanted.icon, wanted.parent_id, error)


HANDLERS = [show_categories, add, show_category, change, move, remove]
