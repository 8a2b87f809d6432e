"""What the review of a translation shows: where it stands, its text, comments, and plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from sqlmodel import Session

from desk import markdown
from desk.curate.life import moments
from desk.curate.life.history_views import Comparison, comparison
from desk.curate.life.place import AboutArticle, Place, above
from kb import clock
from kb.access import Viewer
from kb.articles import reviewing, schedule, standing
from kb.articles.life import Deed, Review, ReviewComment, ReviewState
from kb.articles.models import Revision, State, Translation
from kb.articles.standing import Standing, Step
from kb.db import stored_id
from kb.people import queries as people


@dataclass(frozen=True)
class Round:
    """A review that waits, or one that was decided."""

    state: ReviewState
    asked_by: str
    asked_at: datetime
    note: str
    decided_by: str
    decided_at: datetime | None
    words: str


@dataclass(frozen=True)
class CommentView:
    """What somebody says about a passage."""

    id: int
    author: str
    at: datetime
    quote: str
    still_stands: bool
    note: str
    is_resolved: bool


@dataclass(frozen=True)
class PlanView:
    """What is planned, and for when."""

    id: int
    deed: Deed
    at: datetime


@dataclass(frozen=True)
class Typed:
    """What stood in a form that could not be taken, and what is wrong with it."""

    field: str = ""
    error: str = ""
    words: str = ""
    quote: str = ""
    due: str = ""


@dataclass(frozen=True)
class ReviewPage(AboutArticle):
    """A translation on its way to its readers."""

    template: ClassVar[str] = "curate/life/review.html"
    url: str
    locale_of_text: str
    revision_id: int
    revision_number: int
    author: str
    written: datetime
    status: str
    steps: frozenset[Step]
    may_publish: bool
    waits: Round | None
    rounds: Sequence[Round]
    changes: Comparison | None
    """From what is on show; None where nothing is, or nothing else."""
    text: Markup
    comments: Sequence[CommentView]
    open_comments: int
    plans: Sequence[PlanView]
    soonest: str
    typed: Typed


NOTHING_TYPED = Typed()


def review_page(
    session: Session,
    place: Place,
    viewer: Viewer,
    typed: Typed = NOTHING_TYPED,
    *,
    four_eyes: bool,
) -> ReviewPage:
    """Return the page as this editor may use it."""
    translation, newest = place.translation, reviewing.newest(session, place.translation)
    stands = standing_of(session, place, newest)
    comments = _comments(session, translation, newest)
    waiting = reviewing.open_review(session, translation) if stands.is_in_review else None
    names = people.names(session, {newest.author_id} if newest.author_id else set())
    areas, heading = above(session, place.article, translation.locale, "review")
    return ReviewPage(
        areas=areas,
        heading=heading,
        url=f"{place.url}/review",
        locale_of_text=translation.locale,
        revision_id=stored_id(newest.id),
        revision_number=newest.number,
        author=names.get(newest.author_id or 0, ""),
        written=newest.created_at,
        status=_status(stands),
        steps=standing.steps(stands),
        may_publish=standing.may_publish(viewer, author_id=newest.author_id, four_eyes=four_eyes),
        waits=_round(session, waiting) if waiting is not None else None,
        rounds=[_round(session, each) for each in reviewing.decided(session, translation)],
        changes=_changes(session, translation, newest),
        text=_text(session, viewer, translation, newest),
        comments=comments,
        open_comments=sum(not each.is_resolved for each in comments),
        plans=[
            PlanView(stored_id(each.id), each.deed, each.due_at)
            for each in schedule.planned(session, translation)
        ],
        soonest=moments.shown(clock.now()),
        typed=typed,
    )


def standing_of(session: Session, place: Place, newest: Revision) -> Standing:
    """Return how far a translation has come."""
    translation = place.translation
    is_shown = translation.state is State.PUBLISHED
    has_news = not is_shown or translation.published_id != newest.id
    is_waiting = has_news and reviewing.open_review(session, translation) is not None
    return Standing(translation.state, has_news, is_waiting, place.article.is_archived)


def _status(stands: Standing) -> str:
    if stands.is_archived:
        return "archived"
    if stands.is_in_review:
        return "in_review"
    if stands.state is State.PUBLISHED:
        return "news" if stands.has_news else "on_show"
    return "draft"


def _changes(session: Session, translation: Translation, newest: Revision) -> Comparison | None:
    if translation.state is not State.PUBLISHED or translation.published_id == newest.id:
        return None
    return comparison(session.get_one(Revision, translation.published_id), newest)


def _text(session: Session, viewer: Viewer, translation: Translation, newest: Revision) -> Markup:
    where = markdown.links(session, viewer, translation.locale, [newest.body])
    return markdown.render(newest.body, where, top=3).html


def _round(session: Session, review: Review) -> Round:
    ids = {each for each in (review.asked_by, review.decided_by) if each is not None}
    names = people.names(session, ids)
    return Round(
        state=review.state,
        asked_by=names.get(review.asked_by or 0, ""),
        asked_at=review.asked_at,
        note=review.note,
        decided_by=names.get(review.decided_by or 0, ""),
        decided_at=review.decided_at,
        words=review.words,
    )


def _comments(session: Session, translation: Translation, newest: Revision) -> list[CommentView]:
    found: Sequence[ReviewComment] = reviewing.comments(session, translation)
    names = people.names(session, {each.author_id for each in found if each.author_id})
    return [
        CommentView(
            id=stored_id(each.id),
            author=names.get(each.author_id or 0, ""),
            at=each.written_at,
            quote=each.quote,
            still_stands=_stands_in(newest, each.quote),
            note=each.note,
            is_resolved=each.resolved_at is not None,
        )
        for each in found
    ]


def _stands_in(revision: Revision, quote: str) -> bool:
    """Say whether the passage is still there, however the lines break."""
    text = "".join(f"{revision.title} {revision.summary} {revision.body}".split())
    plain = text.replace("*", "").replace("_", "").replace("`", "")
    bare = "".join(quote.split())
    return bare in text or bare.replace("*", "").replace("_", "").replace("`", "") in plain
