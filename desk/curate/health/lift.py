"""What a search phrase has done: how often the article came first, before it was there and since.

Counted over what customers really asked with these words; what nobody asked, nobody can tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from desk.curate.words import counting
from kb import clock
from kb.articles.models import Revision, Translation
from kb.curation.health import Share
from kb.db import stored_id
from kb.questions import wordings

_WINDOW = timedelta(days=180)


@dataclass(frozen=True)
class Lift:
    """One phrase, with the questions that say it."""

    phrase: str
    since: datetime
    before: Share
    after: Share


def lifts(session: Session, translation: Translation) -> list[Lift]:
    """Return what each phrase of the revision on show has done, the newest first."""
    own = session.exec(
        select(Revision)
        .where(Revision.translation_id == translation.id)
        .order_by(col(Revision.number))
    ).all()
    shown = next((one for one in own if one.id == translation.published_id), None)
    if shown is None or not shown.phrases:
        return []
    ids = {stored_id(one.id) for one in own}
    asked = wordings.moments(session, since=clock.now() - _WINDOW, locale=translation.locale)
    told = [_lift(phrase, own, ids, asked, translation.locale) for phrase in shown.phrases]
    return sorted(told, key=lambda one: one.since, reverse=True)


def _lift(
    phrase: str,
    own: Sequence[Revision],
    ids: set[int],
    asked: Sequence[wordings.Moment],
    locale: str,
) -> Lift:
    since = next(one.created_at for one in own if phrase in (one.phrases or ()))
    said = counting.saying([one.text for one in asked], phrase, locale)
    using = [one for one, does in zip(asked, said, strict=True) if does]
    return Lift(
        phrase,
        since,
        _first([one for one in using if one.asked_at < since], ids),
        _first([one for one in using if one.asked_at >= since], ids),
    )


def _first(asked: Sequence[wordings.Moment], ids: set[int]) -> Share:
    return Share(sum(one.first in ids for one in asked), len(asked))
