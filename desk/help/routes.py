"""The help center's routes: a list of nouns, once per language."""

from litestar import Router, get
from litestar.response import Redirect

from desk import rendering
from desk.help.articles import pages as articles
from desk.help.cases import pages as cases
from desk.help.contact import pages as contact
from desk.help.feedback import pages as feedback
from desk.help.search import pages as search
from desk.rendering import HTTPRequest


@get("/", sync_to_thread=False, status_code=303)
def choose_language(request: HTTPRequest) -> Redirect:
    """Lead to the start page in the visitor's language."""
    headers = {"vary": "Accept-Language, Cookie"}
    return Redirect(f"/{rendering.locale_of(request)}/", status_code=303, headers=headers)


router = Router(
    "/",
    route_handlers=[
        choose_language,
        Router(
            "/{language:str}",
            route_handlers=[
                articles.router,
                search.router,
                feedback.router,
                contact.router,
                cases.router,
            ],
        ),
    ],
)
