"""What can be read about findings. Both articles must be on show as they were compared."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from kb.access import Viewer
from kb.articles.models import Article, Revision, State, Translation
from kb.findings import policy
from kb.findings.models import Finding, FindingKind, FindingLook, FindingState

MOST = 500
"""Findings that are counted and paged through; nobody works through more in a day."""
_LEFT, _RIGHT = aliased(Article), aliased(Article)
_LEFT_SHOWN, _RIGHT_SHOWN = aliased(Translation), aliased(Translation)


@dataclass(frozen=True)
class Side:
    """One of the two articles of a finding, in the language it was compared in."""

    article: Article
    translation: Translation
    revision: Revision


@dataclass(frozen=True)
class Pair:
    """A finding, and the two articles it is about."""

    finding: Finding
    left: Side
    right: Side


def shown_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL form of `policy.is_shown`, over both articles."""
    if not policy.may_look(viewer):
        return false()
    audiences = viewer.audiences
    across = true() if viewer.is_editor else col(_LEFT.audience) == col(_RIGHT.audience)
    return and_(col(_LEFT.audience).in_(audiences), col(_RIGHT.audience).in_(audiences), across)


def pair(session: Session, viewer: Viewer, number: int) -> Pair | None:
    """Return one finding with its articles, if this viewer may see it.

    Editors may look at one that is settled; others only while both articles are on show.
    """
    found = session.exec(_shown(viewer).where(col(Finding.id) == number)).first()
    return _pair(session, found) if found is not None else None


def ids(
    session: Session, viewer: Viewer, state: FindingState, kind: FindingKind | None = None
) -> Sequence[int]:
    """Return the numbers of findings in the order in which they are worked through."""
    query = _shown(viewer, state, kind).with_only_columns(col(Finding.id))
    found: Sequence[int] = session.execute(query.limit(MOST)).scalars().all()
    return found


def pairs(session: Session, viewer: Viewer, numbers: Sequence[int]) -> list[Pair]:
    """Return findings with their articles, in this order."""
    rows = session.exec(_shown(viewer).where(col(Finding.id).in_(numbers))).all()
    known = {one.id: one for one in rows}
    return [_pair(session, known[number]) for number in numbers if number in known]


def counts(
    session: Session, viewer: Viewer, kind: FindingKind | None = None
) -> dict[FindingState, int]:
    """Return how many findings are in each state."""
    return {state: len(ids(session, viewer, state, kind)) for state in FindingState}


def waiting(session: Session) -> int:
    """Return how many findings wait for an editor."""
    opened = _joined().where(Finding.state == FindingState.OPEN)
    counted = opened.with_only_columns(func.count(col(Finding.id))).order_by(None)
    return int(session.execute(counted).scalar_one())


def by_key(session: Session, key: str) -> Finding | None:
    return session.exec(select(Finding).where(Finding.key == key)).first()


def gone(session: Session, rules: str) -> list[Finding]:
    """Return open findings of which a side is not on show any more as it was compared.

    And those of other rules, where both sides were looked at by these.
    """
    still = set(session.execute(_joined().with_only_columns(col(Finding.id))).scalars().all())
    looked = set(
        session.exec(select(FindingLook.revision_id).where(FindingLook.rules == rules)).all()
    )
    opened = session.exec(select(Finding).where(Finding.state == FindingState.OPEN)).all()
    return [
        one
        for one in opened
        if one.id not in still
        or (one.rules != rules and {one.left_revision_id, one.right_revision_id} <= looked)
    ]


def about(session: Session, article_ids: Collection[int]) -> Sequence[Finding]:
    """Return open findings about any of these articles."""
    return session.exec(
        select(Finding).where(
            Finding.state == FindingState.OPEN,
            or_(
                col(Finding.left_article_id).in_(article_ids),
                col(Finding.right_article_id).in_(article_ids),
            ),
        )
    ).all()


def unlooked(session: Session, revision_ids: Collection[int], rules: str) -> list[int]:
    """Return those of the revisions that were not compared by these rules yet, oldest first."""
    looked = set(
        session.exec(select(FindingLook.revision_id).where(FindingLook.rules == rules)).all()
    )
    return sorted(set(revision_ids) - looked)


def _shown(
    viewer: Viewer, state: FindingState | None = None, kind: FindingKind | None = None
) -> SelectOfScalar[Finding]:
    may_be_gone = viewer.is_editor and state is not FindingState.OPEN
    query = (_of_articles() if may_be_gone else _joined()).where(shown_clause(viewer))
    if state is not None:
        query = query.where(Finding.state == state)
    if kind is not None:
        query = query.where(Finding.kind == kind)
    is_open = state in {None, FindingState.OPEN}
    order = col(Finding.score) if is_open else col(Finding.decided_at)
    return query.order_by(col(Finding.kind), order.desc(), col(Finding.id))


def _of_articles() -> SelectOfScalar[Finding]:
    return (
        select(Finding)
        .join(_LEFT, col(_LEFT.id) == col(Finding.left_article_id))
        .join(_RIGHT, col(_RIGHT.id) == col(Finding.right_article_id))
    )


def _joined() -> SelectOfScalar[Finding]:
    """Return findings of which both sides are on show, as they were compared."""
    return (
        _of_articles()
        .join(_LEFT_SHOWN, col(_LEFT_SHOWN.published_id) == col(Finding.left_revision_id))
        .join(_RIGHT_SHOWN, col(_RIGHT_SHOWN.published_id) == col(Finding.right_revision_id))
        .where(
            col(_LEFT.is_archived).is_(False),
            col(_RIGHT.is_archived).is_(False),
            col(_LEFT_SHOWN.state) == State.PUBLISHED,
            col(_RIGHT_SHOWN.state) == State.PUBLISHED,
        )
    )


def _pair(session: Session, finding: Finding) -> Pair:
    return Pair(
        finding,
        _side(session, finding.left_revision_id),
        _side(session, finding.right_revision_id),
    )


def _side(session: Session, revision_id: int) -> Side:
    article, translation, revision = session.exec(
        select(Article, Translation, Revision)
        .join(Translation, col(Translation.article_id) == col(Article.id))
        .join(Revision, col(Revision.translation_id) == col(Translation.id))
        .where(Revision.id == revision_id)
    ).one()
    return Side(article, translation, revision)
