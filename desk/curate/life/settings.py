"""The settings of an article: audience, category, owner, interval, address, archive. No delete."""

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from desk import rendering
from desk.curate.articles.tabs import ARTICLES
from desk.curate.life.place import ARTICLE, PLACE, CurrentArticle, CurrentPlace, locale_of
from desk.curate.life.settings_views import audience_page, settings_page
from desk.deps import CurrentFields, CurrentLocale, CurrentPerson, CurrentSession
from desk.rendering import HTTPRequest
from kb.access import Audience
from kb.articles import actions, keeping, tree
from kb.errors import BadRequest, InvalidInput
from kb.people import queries as people

HERE = f"{ARTICLES}/{{public_id:str}}"
PLACED = f"{HERE}/{{in_locale:str}}"


@get(f"{HERE}/settings", sync_to_thread=True, dependencies=ARTICLE)
def show_settings(  # each is injected by name
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    article: CurrentArticle,
    saved: FromQuery[str] = "",
) -> Response[bytes]:
    """Show the settings of an article."""
    here = locale_of(request.query_params.get("locale", "")) or locale
    page = settings_page(session, article, here, saved=saved if saved in KEPT else "")
    return rendering.respond(request, page=page)


@post(f"{HERE}/settings", sync_to_thread=True, status_code=303, dependencies=ARTICLE)
def keep_settings(
    session: CurrentSession, article: CurrentArticle, fields: CurrentFields
) -> Redirect:
    """Keep category, owner and interval."""
    category_id, months = fields.number("category"), fields.number("months")
    if category_id is not None:
        tree.category(session, category_id)
    owner_id = fields.number("owner")
    if owner_id is not None and owner_id not in {each.id for each in people.staff(session)}:
        raise InvalidInput(field="owner")
    keeping.look_after(
        session,
        article,
        category_id=category_id,
        owner_id=owner_id,
        verify_months=months if months in keeping.INTERVALS else None,
    )
    return _back(article.public_id, "settings")


@get(f"{HERE}/settings/audience", sync_to_thread=True, dependencies=ARTICLE)
def ask_about_audience(
    request: HTTPRequest,
    session: CurrentSession,
    locale: CurrentLocale,
    article: CurrentArticle,
    to: FromQuery[str] = "",
) -> Response[bytes]:
    """Say what another audience would mean, and ask."""
    page = audience_page(session, article, locale, _audience(to))
    return rendering.respond(request, page=page)


@post(f"{HERE}/settings/audience", sync_to_thread=True, status_code=303, dependencies=ARTICLE)
def change_audience(
    session: CurrentSession, article: CurrentArticle, fields: CurrentFields
) -> Redirect:
    """Widen or narrow who may read it; whoever asks has seen what that means."""
    actions.set_audience(session, article, _audience(fields.line("audience")))
    return _back(article.public_id, "audience")


@post(f"{HERE}/archive", sync_to_thread=True, status_code=303, dependencies=ARTICLE)
def archive(session: CurrentSession, article: CurrentArticle, fields: CurrentFields) -> Redirect:
    """Take it out of every read path, or bring it back."""
    if fields.line("to") == "restore":
        actions.restore(session, article)
        return _back(article.public_id, "restored")
    actions.archive(session, article)
    return _back(article.public_id, "archived")


@post(f"{PLACED}/verification", sync_to_thread=True, status_code=303, dependencies=PLACE)
def verify(session: CurrentSession, place: CurrentPlace, person: CurrentPerson) -> Redirect:
    """Note that it is still true."""
    keeping.still_true(session, place.translation, by=person.name if person else "")
    return _back(place.article.public_id, "verified")


@post(f"{PLACED}/address", sync_to_thread=True, status_code=303, dependencies=PLACE)
def rename(session: CurrentSession, place: CurrentPlace, fields: CurrentFields) -> Redirect:
    """Give it another address; the one it had leads there."""
    wanted = fields.line("slug", limit=120)
    if not wanted:
        raise InvalidInput(field="slug")
    actions.rename(session, place.translation, wanted)
    return _back(place.article.public_id, "address")


KEPT = frozenset({"settings", "audience", "archived", "restored", "verified", "address"})


def _audience(value: str) -> Audience:
    found = next((each for each in Audience if each == value), None)
    if found is None:
        raise BadRequest
    return found


def _back(public_id: str, saved: str) -> Redirect:
    return Redirect(f"{ARTICLES}/{public_id}/settings?saved={saved}", status_code=303)


HANDLERS = [
    show_settings,
    keep_settings,
    ask_about_audience,
    change_audience,
    archive,
    verify,
    rename,
]
