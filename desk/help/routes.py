"""The help center's routes: a list of nouns, once per language."""

from litestar import Router, get
from litestar.response import Redirect

from desk import rendering
from desk.help.about import pages as about
from desk.help.articles import pages as articles
from desk.help.cases import pages as cases
from desk.help.coaching import pages as coaching
from desk.help.contact import pages as contact
from desk.help.corrections import pages as corrections
from desk.help.feedback import pages as feedback
from desk.help.meetings import pages as meetings
from desk.help.my_cases import pages as my_cases
from desk.help.notifications import pages as notifications
from desk.help.search import pages as search
from desk.help.search import wording
from desk.help.sign_in import pages as sign_in
from desk.help.tips import pages as tips
from desk.help.wishes import pages as wishes
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
                wording.router,
                feedback.router,
                contact.router,
                cases.router,
                coaching.router,
                meetings.router,
                my_cases.router,
                notifications.router,
                sign_in.router,
                corrections.router,
                tips.router,
                about.router,
                wishes.router,
            ],
        ),
    ],
)
