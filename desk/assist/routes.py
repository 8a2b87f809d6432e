"""The desk's routes: a list of nouns. Everything below a case is given that case, or a 404."""

from litestar import Router
from litestar.di import Provide

from desk.assist import case_lists, case_pages, facts, language, messages, solutions, suggestions
from desk.assist.work import provide_work

case_router = Router(
    "/desk/cases/{case_id:int}",
    dependencies={"work": Provide(provide_work, sync_to_thread=True)},
    route_handlers=[
        case_pages.show_case,
        *facts.HANDLERS,
        *messages.HANDLERS,
        *suggestions.HANDLERS,
        *solutions.HANDLERS,
    ],
)

router = Router(
    "/",
    route_handlers=[
        case_lists.show_desk,
        case_lists.show_cases,
        language.choose_language,
        case_router,
    ],
)
