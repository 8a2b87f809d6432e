"""A gap made ready to be read: words redacted, numbers put into sentences."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from desk.curate.gaps.safe import safe
from desk.curate.gaps.views import (
    Answering,
    Decided,
    GapRow,
    NearArticle,
    Sample,
    SimilarArticle,
    Wording,
)
from desk.curate.gaps.work import titles_of
from desk.curate.today.views import amount, effect, sum_key
from desk.i18n import Words
from kb.access import ANYONE, Viewer
from kb.articles import queries as articles
from kb.articles.models import Article, Revision, Translation
from kb.curation.tasks import TaskKind
from kb.db import stored_id
from kb.errors import Problem
from kb.gaps import evidence, queries
from kb.gaps.models import Evidence, Gap
from kb.gaps.near import near
from kb.gaps.queries import Listed
from kb.people import queries as people
from kb.questions.policy import wording
from retrieval.assembly import Retrieval
from retrieval.results import Passage

SAMPLES = 8
_ASKED = 5
_FOUND = 3
_SIMILAR = 4


def rows(session: Session, listed: Sequence[Listed], words: Words) -> list[GapRow]:
    """Return gaps as rows of a list, in the same order."""
    titles = titles_of(session, [one.gap for one in listed])
    return [_row(one, titles.get(one.gap.id or 0, ""), words) for one in listed]


def told(one: Listed, words: Words) -> str:
    """Say in a sentence what filling the gap would save, and why we think so."""
    return words(
        sum_key(words, TaskKind.GAP, {"cases": one.worth.cases}),
        questions=amount(one.worth.questions, words),
        cases=amount(one.worth.cases, words),
        share=words.percent(one.worth.share),
        contacts=amount(one.worth.contacts, words),
    )


def samples(session: Session, gap: Gap) -> list[Sample]:
    """Return what was written, redacted, the newest first, each wording once."""
    items = queries.items(session, gap.id)
    spoken = evidence.words_of(session, items)
    found: dict[str, Sample] = {}
    for item in items:
        text = safe(spoken.get((item.kind, item.ref_id), ""), item.locale)
        is_case = item.kind is Evidence.CASE
        if not text:
            continue
        key, own = f"{is_case}{wording(text)}", stored_id(item.id)
        if key in found:
            found[key] = replace(found[key], ids=(*found[key].ids, own))
            continue
        url = f"/desk/cases/{item.ref_id}" if is_case else ""
        found[key] = Sample(text, item.locale, item.kind, item.why, item.happened_at, url, (own,))
    return list(found.values())


def nearest(session: Session, gap: Gap, words: Words) -> list[NearArticle]:
    """Return the articles that came near, and why they did not do."""
    return [
        NearArticle(
            public_id=one.public_id,
            title=one.title,
            locale=one.locale,
            times=one.times,
            confidence="" if one.confidence is None else words.percent(one.confidence),
            said=one.said,
        )
        for one in near(session, gap)
    ]


def decided(session: Session, gap: Gap) -> Decided | None:
    """Return what was decided about it."""
    if gap.decided_at is None:
        return None
    name = people.names(session, {gap.decided_by or 0}).get(gap.decided_by or 0, "")
    return Decided(name, gap.decided_at, gap.reason, gap.note)


def answering(session: Session, retrieval: Retrieval | None, gap: Gap) -> Answering | None:
    """Return the article of a gap, and for which wordings search finds it now."""
    if gap.article_id is None:
        return None
    article = session.get(Article, gap.article_id)
    if article is None:
        return None
    locales = [item.locale for item in queries.items(session, gap.id)] or ["de"]
    wanted = [max(set(locales), key=locales.count), "de", "en"]
    shown = articles.published_in(session, ANYONE, article_id=gap.article_id, locales=wanted)
    if shown is None:
        return Answering(article.public_id, _title(session, article), wanted[0], False, (), 0)
    said = _wordings(session, retrieval, gap)
    return Answering(
        public_id=article.public_id,
        title=shown.revision.title,
        locale=shown.translation.locale,
        is_public=True,
        wordings=said,
        found=sum(one.is_found for one in said),
    )


def similar(
    session: Session, retrieval: Retrieval | None, viewer: Viewer, text: str, locale: str
) -> list[SimilarArticle]:
    """Return the articles there are already."""
    passages = _found(session, retrieval, viewer, text, locale, _SIMILAR)
    rows = session.exec(
        select(Article.id, Article.public_id).where(
            col(Article.id).in_({one.family_id for one in passages})
        )
    ).all()
    known = {number: public_id for number, public_id in rows if number is not None}
    return [
        SimilarArticle(
            title=one.title,
            locale=one.locale,
            url=f"/desk/curation/articles/{known[one.family_id]}/{one.locale}",
            read_url=one.url,
        )
        for one in passages
        if one.family_id in known
    ]


def solved_alike(
    session: Session, retrieval: Retrieval | None, viewer: Viewer, text: str, locale: str
) -> list[int]:
    """Return solved cases that sound alike, by number."""
    if retrieval is None or not text:
        return []
    try:
        found = retrieval.solved(session, text, viewer, locale, limit=_FOUND)
    except Problem:
        return []
    return [hit.passage.family_id for hit in found.hits]


def _wordings(session: Session, retrieval: Retrieval | None, gap: Gap) -> list[Wording]:
    asked = {(one.locale, one.wording): one for one in queries.questions(session, gap)}
    return [
        Wording(
            safe(one.text, one.locale),
            one.locale,
            gap.article_id
            in {
                hit.family_id
                for hit in _found(session, retrieval, ANYONE, one.text, one.locale, _FOUND)
            },
        )
        for one in list(asked.values())[:_ASKED]
    ]


def _found(  # who looks for what, where
    session: Session,
    retrieval: Retrieval | None,
    viewer: Viewer,
    text: str,
    locale: str,
    limit: int,
) -> list[Passage]:
    if retrieval is None or not text:
        return []
    try:
        found = retrieval.search(session, text, viewer, locale, limit=limit)
    except Problem:
        return []
    return [hit.passage for hit in found.hits]


def _title(session: Session, article: Article) -> str:
    latest = session.exec(
        select(Revision.title)
        .join(Translation, col(Translation.id) == col(Revision.translation_id))
        .where(Translation.article_id == article.id)
        .order_by(col(Revision.id).desc())
    ).first()
    return latest or ""


def _row(one: Listed, title: str, words: Words) -> GapRow:
    return GapRow(
        public_id=one.gap.public_id,
        title=title,
        locale=one.locales[0],
        words=sorted(one.gap.words.items()),
        items=one.items,
        cases=one.cases,
        waiting=one.waiting,
        locales=one.locales,
        weeks=one.weeks,
        effect=effect(one.worth.contacts, words),
        since=one.first_at,
        latest=one.latest_at,
    )
