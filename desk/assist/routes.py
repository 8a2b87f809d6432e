"""The desk's routes: a list of nouns. Everything below a case is given that case, or a 404."""

from litestar import Router
from litestar.di import Provide

from desk.assist import (
    case_lists,
    case_pages,
    facts,
    language,
    meetings,
    messages,
    moods,
    news,
    solutions,
    suggestions,
)
from desk.assist.coaching import pages as coaching
from desk.assist.coaching import progress as coached
from desk.assist.work import provide_work

case_router = Router(
    "/desk/cases/{case_id:int}",
    dependencies={"work": Provide(provide_work, sync_to_thread=True)},
    route_handlers=[
        case_pages.show_case,
        *facts.HANDLERS,
        *moods.HANDLERS,
        *meetings.HANDLERS,
        *messages.HANDLERS,
        *news.CASE_HANDLERS,
        *coaching.HANDLERS,
        *coached.HANDLERS,
        *suggestions.HANDLERS,
        *solutions.HANDLERS,
    ],
)

router = Router(
    "/",
    route_handlers=[
        case_lists.show_desk,
        case_lists.show_cases,
        *news.LIST_HANDLERS,
        language.choose_language,
        case_router,
    ],
)
