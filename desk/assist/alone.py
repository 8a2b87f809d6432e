"""The sidebar as a page of its own, narrow enough to stand beside another help desk's case."""

from dataclasses import dataclass
from typing import ClassVar

from litestar import Response, Router, get
from litestar.di import Provide

from desk import rendering
from desk.assist.customer import customer_of
from desk.assist.moods import MoodState, mood_of
from desk.assist.showing import mark
from desk.assist.sidebar_views import CustomerView, SituationView
from desk.assist.situations import situation_of
from desk.assist.suggestions import assist, words_of
from desk.assist.telling import told
from desk.assist.views import Assist, AssistPanel
from desk.assist.work import CurrentWork, provide_work
from desk.rendering import HTTPRequest, PrivateView


@dataclass(frozen=True)
class SidebarPage(PrivateView):
    """Situation, suggestions and customer of one case."""

    template: ClassVar[str] = "assist/sidebar.html"
    subject: str
    language: str
    url: str
    mark: str
    assist: Assist
    situation: SituationView
    tone: MoodState | None
    customer: CustomerView


@get("/", sync_to_thread=True)
def show_sidebar(request: HTTPRequest, work: CurrentWork) -> Response[bytes]:
    """Show the sidebar of a case to whoever may work on it."""
    said = told(work)
    shown = assist(work, words_of(request), is_alone=True, said=said)
    if rendering.wants_fragment(request):
        return rendering.respond(request, fragment=AssistPanel(shown))
    page = SidebarPage(
        subject=work.case.subject,
        language=work.case.locale,
        url=work.url,
        mark=mark(work.session, work.case, work.viewer),
        assist=shown,
        situation=situation_of(work, said),
        tone=mood_of(work),
        customer=customer_of(work, said),
    )
    return rendering.respond(request, page=page)


router = Router(
    "/assist/{case_id:int}",
    dependencies={"work": Provide(provide_work, sync_to_thread=True)},
    route_handlers=[show_sidebar],
)
