"""The routes of curation: a list of nouns, each an area of its own."""

from litestar import Router, get
from litestar.response import Redirect

from desk.curate import answers, corrections, flags, texts, tips, waiting
from desk.curate.articles import routes as articles
from desk.curate.findings import pages as findings
from desk.curate.gaps import pages as gaps
from desk.curate.gaps import sorting as gap_sorting
from desk.curate.gaps import writing as gap_writing
from desk.curate.golden import pages as golden
from desk.curate.golden import trying
from desk.curate.golden import writing as golden_writing
from desk.curate.health import pages as health
from desk.curate.life import routes as life
from desk.curate.live import pages as live
from desk.curate.runs import pages as runs
from desk.curate.today import pages as today
from desk.curate.words import pages as words
from desk.deps import CurrentViewer


@get("/desk/curation", sync_to_thread=False)
def show_curation(staff_viewer: CurrentViewer) -> Redirect:
    """Lead to what is worth doing today."""
    del staff_viewer  # asked for because only staff has a desk
    return Redirect(today.HERE, status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_curation,
        *today.HANDLERS,
        *gaps.HANDLERS,
        *gap_sorting.HANDLERS,
        *gap_writing.HANDLERS,
        *corrections.HANDLERS,
        *flags.HANDLERS,
        *tips.HANDLERS,
        *answers.HANDLERS,
        *texts.HANDLERS,
        *waiting.HANDLERS,
        *findings.HANDLERS,
        *golden.HANDLERS,
        *golden_writing.HANDLERS,
        trying.router,
        *live.HANDLERS,
        *runs.HANDLERS,
        *words.HANDLERS,
        *health.HANDLERS,
        *life.HANDLERS,
        *articles.HANDLERS,
    ],
)
