"""The history of a translation: look, compare, bring an older revision back."""

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from desk import i18n, rendering
from desk.curate.articles.tabs import ARTICLES
from desk.curate.life.history_views import history_page
from desk.curate.life.place import PLACE, CurrentPlace
from desk.deps import CurrentFields, CurrentLocale, CurrentSession, CurrentViewer
from desk.rendering import HTTPRequest
from kb.articles import history
from kb.errors import InvalidInput

HERE = f"{ARTICLES}/{{public_id:str}}/{{in_locale:str}}/history"


@get(HERE, sync_to_thread=True, dependencies=PLACE)
def show_history(
    request: HTTPRequest,
    session: CurrentSession,
    place: CurrentPlace,
    old: FromQuery[int | None] = None,
    new: FromQuery[int | None] = None,
) -> Response[bytes]:
    """Show the revisions, and how two of them differ."""
    return rendering.respond(request, page=history_page(session, place, old=old, new=new))


@post(f"{HERE}/restorations", sync_to_thread=True, status_code=303, dependencies=PLACE)
def bring_back(
    session: CurrentSession,
    editor: CurrentViewer,
    locale: CurrentLocale,
    fields: CurrentFields,
    place: CurrentPlace,
) -> Redirect:
    """Write an older revision anew."""
    number = fields.number("number")
    if number is None:
        raise InvalidInput(field="number")
    old = history.revision(session, place.translation, number)
    note = i18n.words(locale)("life.restored_note", number=number)
    by_id = editor.person_id
    added = history.restore(session, place.article, old, by_id=by_id, note=note)
    return Redirect(f"{place.url}/history?new={added.number}#changes", status_code=303)


HANDLERS = [show_history, bring_back]
