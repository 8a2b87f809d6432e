"""Corrections and tips as cards: the reader's words beside what the article says today."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from desk.curate.articles.tabs import ARTICLES
from desk.curate.diffing import Fate, Piece, pieces
from desk.curate.views import CorrectionCard, Decided, EditView, Source, TipCard, Written
from desk.passages import stands_in
from kb.access import Viewer
from kb.articles.models import State
from kb.articles.policy import address, is_readable
from kb.curation import editing, queries
from kb.curation.models import Correction, CorrectionState, Tip
from kb.curation.queries import About, Given, Reported
from kb.db import stored_id
from kb.people import queries as people

NOTHING_WRITTEN = Written()


def correction_card(
    session: Session, viewer: Viewer, reported: Reported, written: Written = NOTHING_WRITTEN
) -> CorrectionCard:
    """Return one correction as a card."""
    correction, about = reported.correction, reported.about
    now = queries.current_body(session, about.translation)
    return CorrectionCard(
        id=stored_id(correction.id),
        state=correction.state,
        fault=correction.fault,
        source=_source(viewer, about),
        section=correction.section,
        passage=correction.passage,
        still_stands=stands_in(now, correction.passage),
        changes=_changes(correction),
        note=correction.note,
        received=correction.received_at,
        wants_letter=bool(correction.email),
        answer=correction.answer,
        summary=correction.summary,
        decided=_decided(session, correction.decided_by, correction.decided_at),
        written=written,
        edit=_edit(session, reported, written),
        edit_url=f"{ARTICLES}/{about.article.public_id}/{about.translation.locale}",
    )


def tip_card(session: Session, viewer: Viewer, given: Given, error: str = "") -> TipCard:
    """Return one tip as a card."""
    tip: Tip = given.tip
    return TipCard(
        id=stored_id(tip.id),
        state=tip.state,
        source=_source(viewer, given.about),
        text=tip.text,
        shown=tip.shown,
        given=tip.given_at,
        decided=_decided(session, tip.decided_by, tip.decided_at),
        error=error,
    )


def _edit(session: Session, reported: Reported, written: Written) -> EditView | None:
    if reported.correction.state is not CorrectionState.RECEIVED:
        return None
    translation = reported.about.translation
    found = editing.edit_of(session, reported.correction, translation)
    if found is None:
        return None
    text = found.after if written.edited is None else written.edited
    return EditView(
        version=found.version,
        text=text,
        rows=min(max(len(text) // 70 + text.count("\n") + 2, 3), 16),
        changes=pieces(found.before, text),
        how=found.how,
        is_published=translation.state is State.PUBLISHED,
    )


def _changes(correction: Correction) -> Sequence[Piece]:
    if not correction.wording:
        return []
    if not correction.passage:
        return [Piece(Fate.ADDED, correction.wording)]
    return pieces(correction.passage, correction.wording)


def _source(viewer: Viewer, about: About) -> Source:
    translation = about.translation
    is_on_show = is_readable(about.article, translation, viewer)
    return Source(
        title=about.revision.title,
        url=address(translation.locale, translation.slug) if is_on_show else "",
        locale=translation.locale,
        is_newer=translation.published_id != about.revision.id,
    )


def _decided(session: Session, by: int | None, at: datetime | None) -> Decided | None:
    if by is None or at is None:
        return None
    return Decided(people.names(session, {by}).get(by, ""), at)
