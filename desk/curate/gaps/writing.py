"""From a gap, or from solved cases, to an article: a draft is shown, and begun when wanted.

What there is already comes first. The draft lives in the article it begins: a text of its own,
for staff only, published by nobody but an editor.
"""

import secrets

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from sqlmodel import Session

from desk import i18n, markdown, rendering
from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.gaps import drafting, origins, showing
from desk.curate.gaps.drafting import Drafted
from desk.curate.gaps.pages import found
from desk.curate.gaps.views import DraftPage
from desk.curate.gaps.work import HERE, titles_of
from desk.deps import CurrentFields, CurrentRetrieval, CurrentSession, CurrentViewer
from desk.i18n import as_locale
from desk.rendering import HTTPRequest
from kb.access import Audience, Viewer
from kb.articles import actions as articles
from kb.articles.actions import Change, Draft
from kb.articles.models import Article, Significance
from kb.config import LOCALES, Locale
from kb.db import stored_id
from kb.errors import NotFound
from kb.gaps import actions, queries
from kb.gaps.models import Gap
from retrieval.assembly import Retrieval

ARTICLES = "/desk/curation/articles"
FROM_CASES = "/desk/curation/gaps/from-cases"


@get(f"{HERE}/{{public_id:str}}/article", sync_to_thread=True)
def show_draft(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    public_id: FromPath[str],
) -> Response[bytes]:
    """Show what an article for the gap could begin with; nothing is kept yet."""
    gap = found(session, public_id)
    drafted = _of_gap(session, gap, retrieval, editor, _asked(request))
    page = _page(session, retrieval, editor, drafted, here=f"{HERE}/{public_id}", gap=gap)
    return rendering.respond(request, page=page)


@post(f"{HERE}/{{public_id:str}}/article", sync_to_thread=True, status_code=303)
def begin(
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    fields: CurrentFields,
    public_id: FromPath[str],
) -> Redirect:
    """Begin the article, for staff only, and go on writing it."""
    gap = found(session, public_id)
    locale = as_locale(fields.line("locale"))
    drafted = _of_gap(session, gap, retrieval, editor, locale)
    title = fields.line("title") or drafted.draft.title
    article = _begun(session, editor, drafted, title, note=origins.of_gap(gap))
    actions.plan(session, gap, by=editor, article_id=stored_id(article.id))
    return _to_editor(article, drafted.locale)


@get(FROM_CASES, sync_to_thread=True)
def show_draft_from_cases(
    request: HTTPRequest,
    session: CurrentSession,
    editor: CurrentViewer,
    retrieval: CurrentRetrieval,
    case: FromQuery[list[int] | None] = None,
) -> Response[bytes]:
    """Show what an article from solved cases could begin with; nothing is kept yet."""
    drafted = _of_cases(session, case or [])
    chosen = "&".join(f"case={number}" for number in case or [])
    page = _page(session, retrieval, editor, drafted, here=f"{FROM_CASES}?{chosen}")
    return rendering.respond(request, page=page)


@post(FROM_CASES, sync_to_thread=True, status_code=303)
def begin_from_cases(
    session: CurrentSession,
    editor: CurrentViewer,
    fields: CurrentFields,
    case: FromQuery[list[int] | None] = None,
) -> Redirect:
    """Begin the article from solved cases."""
    drafted = _of_cases(session, case or [])
    numbers = origins.of_cases([one.case_id for one in drafted.sources])
    title = fields.line("title") or drafted.draft.title
    article = _begun(session, editor, drafted, title, note=numbers)
    return _to_editor(article, drafted.locale)


def _of_gap(
    session: Session,
    gap: Gap,
    retrieval: Retrieval | None,
    viewer: Viewer,
    asked: Locale | None,
) -> Drafted:
    listed = queries.told(session, gap)
    if listed is None:
        raise NotFound
    locale = asked or as_locale(listed.locales[0]) or "de"
    title = titles_of(session, [gap]).get(stored_id(gap.id), "")
    alike = showing.solved_alike(session, retrieval, viewer, title, locale)
    return drafting.of_gap(session, gap, locale, alike)


def _of_cases(session: Session, numbers: list[int]) -> Drafted:
    drafted = drafting.of_cases(session, numbers[:20])
    if drafted is None:
        raise NotFound
    return drafted


def _page(  # what is drafted, for whom, and out of what
    session: Session,
    retrieval: Retrieval | None,
    viewer: Viewer,
    drafted: Drafted,
    *,
    here: str,
    gap: Gap | None = None,
) -> DraftPage:
    title, body, locale = drafted.draft.title, drafted.draft.body, drafted.locale
    where = markdown.links(session, viewer, locale, [body])
    return DraftPage(
        areas=areas.tabs(session, "gaps"),
        back=here if gap is not None else HERE,
        action=f"{here}/article" if gap is not None else here,
        language=locale,
        languages=[
            Tab(each, f"{here}/article?locale={each}", 0, each == locale)
            for each in (LOCALES if gap is not None else ())
        ],
        similar=showing.similar(session, retrieval, viewer, title, locale),
        is_down=retrieval is None,
        title=title,
        body=markdown.render(body, where).html,
        phrases=drafted.draft.phrases,
        sources=drafted.sources,
        samples=showing.samples(session, gap)[: showing.SAMPLES] if gap is not None else (),
    )


def _begun(
    session: Session, viewer: Viewer, drafted: Drafted, title: str, *, note: str
) -> Article:
    article = articles.create_article(
        session, source_key=secrets.token_urlsafe(16), audience=Audience.STAFF
    )
    article.owner_id = viewer.person_id
    session.add(article)
    articles.revise(
        session,
        article,
        locale=drafted.locale,
        draft=Draft(title, drafted.draft.body, phrases=drafted.draft.phrases),
        author_id=viewer.person_id,
        change=Change(note, Significance.MAJOR),
    )
    return article


def _to_editor(article: Article, locale: Locale) -> Redirect:
    return Redirect(f"{ARTICLES}/{article.public_id}/{locale}?said=created", status_code=303)


def _asked(request: HTTPRequest) -> Locale | None:
    return i18n.as_locale(request.query_params.get("locale", ""))


HANDLERS = [show_draft, begin, show_draft_from_cases, begin_from_cases]
