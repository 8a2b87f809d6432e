"""Golden questions made ready to be read: titles, results of now, who confirmed."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlmodel import Session, col, select

from desk.curate import areas
from desk.curate.areas import Tab
from desk.curate.articles.tabs import ARTICLES
from desk.curate.golden.views import (
    ArticleView,
    GoldenList,
    GoldenPage,
    GoldenRow,
    HitView,
    LanguageTally,
    Now,
    TurnView,
)
from desk.i18n import Words
from kb import clock
from kb.access import ANYONE, Viewer
from kb.articles.models import Article, Revision, Translation
from kb.config import LOCALES
from kb.db import stored_id
from kb.errors import Problem
from kb.gaps.models import Gap
from kb.golden import policy, queries
from kb.golden.models import GoldenQuestion, Verdict
from kb.people import queries as people
from retrieval.assembly import Retrieval
from retrieval.results import Reply

HERE = "/desk/curation/evaluations"
_ROWS = 100
_HITS = 5
_QUOTE = 400
FILTERS = ("all", "wrong", "found", "right", "unconfirmed")


def listed(session: Session, viewer: Viewer, chosen: str, *, four_eyes: bool) -> GoldenList:
    """Return the page of all questions, or of those that came out in one way."""
    standing = queries.standing(session)
    rows = rows_of(session, standing, four_eyes=four_eyes)
    kept = {name: [row for row in rows if _fits(row, name)] for name in FILTERS}
    asked = [one for one, row in zip(standing, rows, strict=True) if row.counts and row.verdict]
    return GoldenList(
        areas=areas.tabs(session, "evaluations"),
        shelves=shelves("questions"),
        filters=[
            Tab(name, f"{HERE}?which={name}", len(kept[name]), name == chosen)
            for name in FILTERS
            if kept[name] or name in {"all", chosen}
        ],
        tallies=[
            LanguageTally(locale, queries.tally(one for one in asked if one.locale == locale))
            for locale in LOCALES
            if any(one.locale == locale for one in asked)
        ],
        weeks=queries.by_week(session) if asked else [],
        causes=Counter(
            one.cause for one in asked if one.cause and one.verdict is not Verdict.RIGHT
        ).most_common(),
        rows=kept[chosen][:_ROWS],
        more=max(len(kept[chosen]) - _ROWS, 0),
        chosen=chosen,
        may_set=policy.may_set(viewer),
    )


def shelves(current: str) -> list[Tab]:
    """Return the ways to see how good answers are: asked by us, by customers, in evaluations."""
    pages = {"questions": HERE, "live": f"{HERE}/live", "runs": f"{HERE}/runs"}
    return [Tab(name, url, 0, name == current) for name, url in pages.items()]


def page(
    session: Session,
    viewer: Viewer,
    question: GoldenQuestion,
    now: Now | None,
    *,
    four_eyes: bool,
) -> GoldenPage:
    """Return the page of one question."""
    [row] = rows_of(session, [question], four_eyes=four_eyes)
    gap = session.get(Gap, question.gap_id) if question.gap_id else None
    names = people.names(session, {question.confirmed_by or 0})
    return GoldenPage(
        areas=areas.tabs(session, "evaluations"),
        row=row,
        question=stored_id(question.id),
        now=now,
        turns=[
            TurnView(one.verdict, one.cause, one.turned_at)
            for one in queries.turns(session, question.id)
        ],
        gap_url=f"/desk/curation/gaps/{gap.public_id}" if gap else "",
        confirmed_by=names.get(question.confirmed_by or 0, ""),
        confirmed_at=question.confirmed_at,
        is_old=question.confirmed_at + policy.OLD < clock.now(),
        may_set=policy.may_set(viewer),
    )


def asked_now(
    session: Session,
    retrieval: Retrieval | None,
    question: GoldenQuestion,
    words: Words,
) -> Now | None:
    """Ask it as a customer would; nothing where nothing can be asked."""
    if retrieval is None:
        return None
    try:
        reply = retrieval.answer(session, question.words, ANYONE, question.locale)
    except Problem:
        return None
    number = stored_id(question.id)
    return _now(reply, queries.expected(session, [number])[number], words)


def rows_of(
    session: Session, questions: Sequence[GoldenQuestion], *, four_eyes: bool
) -> list[GoldenRow]:
    """Return questions as rows of a list, in the same order."""
    expected = queries.expected(session, (stored_id(one.id) for one in questions))
    every = frozenset[int]().union(*expected.values())
    titles = {str(locale): articles(session, every, locale) for locale in LOCALES}
    return [
        GoldenRow(
            url=f"{HERE}/questions/{one.id}",
            words=one.words,
            locale=one.locale,
            expected=[
                titles[one.locale][number]
                for number in sorted(expected[stored_id(one.id)])
                if number in titles[one.locale]
            ],
            verdict=one.verdict,
            cause=one.cause,
            since=one.since,
            counts=policy.counts(one, four_eyes=four_eyes),
        )
        for one in questions
    ]


def articles(
    session: Session, ids: Collection[int], locale: str, *, expected: Iterable[int] = ()
) -> dict[int, ArticleView]:
    """Return articles by number, in this language if they have it, else in another."""
    wanted = set(expected)
    rows = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.translation_id) == col(Translation.id))
        .where(col(Article.id).in_(ids))
        .order_by(
            col(Translation.locale) == locale,
            col(Revision.id) == col(Translation.published_id),
            col(Revision.id),
        )
    ).all()
    return {
        stored_id(article.id): ArticleView(
            stored_id(article.id),
            revision.title,
            translation.locale,
            f"{ARTICLES}/{article.public_id}/health?locale={translation.locale}",
            stored_id(article.id) in wanted,
        )
        for article, translation, revision in rows
    }


def _now(reply: Reply, expected: frozenset[int], words: Words) -> Now:
    answer = reply.answer
    return Now(
        quote=answer.text[:_QUOTE] if answer else "",
        source=answer.citations[0].passage.title if answer else "",
        chance=words.percent(reply.found.confidence),
        hits=[
            HitView(
                hit.passage.title,
                hit.passage.locale,
                hit.passage.url,
                hit.passage.family_id in expected,
            )
            for hit in reply.found.hits[:_HITS]
        ],
    )


def _fits(row: GoldenRow, chosen: str) -> bool:
    if chosen == "unconfirmed":
        return not row.counts
    return chosen == "all" or (row.verdict is not None and row.verdict.value == chosen)
