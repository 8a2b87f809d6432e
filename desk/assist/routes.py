"""The desk's routes: a list of nouns. Everything below a case is given that case, or a 404."""

from litestar import Router
from litestar.di import Provide

from desk.assist import (
    alone,
    case_lists,
    case_pages,
    customer_notes,
    drafting,
    facts,
    flagging,
    helped,
    labelling,
    language,
    looking,
    meetings,
    messages,
    moods,
    news,
    reply_drafts,
    situations,
    solutions,
    suggestions,
    summaries,
    undoing,
    worded_drafts,
)
from desk.assist.coaching import pages as coaching
from desk.assist.coaching import progress as coached
from desk.assist.coaching import steps as coached_steps
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
        *undoing.HANDLERS,
        *drafting.HANDLERS,
        *looking.HANDLERS,
        *labelling.HANDLERS,
        *news.CASE_HANDLERS,
        *coaching.HANDLERS,
        *coached.HANDLERS,
        *suggestions.HANDLERS,
        *flagging.HANDLERS,
        *reply_drafts.HANDLERS,
        *worded_drafts.HANDLERS,
        *situations.HANDLERS,
        *summaries.HANDLERS,
        *customer_notes.HANDLERS,
        *solutions.HANDLERS,
    ],
)

router = Router(
    "/",
    route_handlers=[
        case_lists.show_desk,
        case_lists.show_cases,
        *news.LIST_HANDLERS,
        *helped.HANDLERS,
        *coached_steps.HANDLERS,
        language.choose_language,
        case_router,
        alone.router,
    ],
)
