"""What is decided about a translation: asked for, sent back, published now or at a time."""

from datetime import datetime

from sqlmodel import Session

from desk.curate.life import moments
from desk.curate.life.place import Place
from desk.deps import Fields
from kb.access import Viewer
from kb.articles import actions, reviewing, schedule, standing
from kb.articles.reviewing import Said
from kb.errors import BadRequest, InvalidInput, NotAllowed

WORDS = "words"
DUE = "due"


def decide(
    session: Session, place: Place, viewer: Viewer, fields: Fields, *, four_eyes: bool
) -> None:
    """Do what the button that was pressed says.

    Raises:
        InvalidInput: words, or a time to come, are missing.
        NotAllowed: an own text, where four eyes are asked for.
        StaleRevision: there is a newer text than the one that was read.
    """
    said = Said(viewer.person_id, fields.text(WORDS))
    match fields.line("decision"):
        case "submit":
            reviewing.submit(session, place.translation, said)
        case "withdraw":
            reviewing.withdraw(session, place.translation, said)
        case "send_back":
            reviewing.send_back(session, place.translation, said)
        case "publish":
            _publish(session, place, viewer, fields, four_eyes=four_eyes)
        case "plan":
            _plan(session, place, viewer, fields, four_eyes=four_eyes)
        case "unpublish":
            actions.unpublish(session, place.article, locale=place.translation.locale)
        case "plan_end":
            due = _due(fields)
            schedule.plan(session, place.translation, due_at=due, by_id=viewer.person_id)
        case _:
            raise BadRequest


def _publish(
    session: Session, place: Place, viewer: Viewer, fields: Fields, *, four_eyes: bool
) -> None:
    _check(session, place, viewer, four_eyes=four_eyes)
    reviewing.approve(
        session,
        place.article,
        place.translation,
        Said(viewer.person_id, fields.text(WORDS)),
        read_id=fields.number("revision") or 0,
    )


def _plan(
    session: Session, place: Place, viewer: Viewer, fields: Fields, *, four_eyes: bool
) -> None:
    _check(session, place, viewer, four_eyes=four_eyes)
    due = _due(fields)
    said, read = Said(viewer.person_id, fields.text(WORDS)), fields.number("revision") or 0
    revision = reviewing.accept(session, place.translation, said, read_id=read)
    schedule.plan(
        session, place.translation, due_at=due, revision=revision, by_id=viewer.person_id
    )


def _due(fields: Fields) -> datetime:
    due = moments.sent(fields.line(DUE))
    if due is None:
        raise InvalidInput(field=DUE)
    return due


def _check(session: Session, place: Place, viewer: Viewer, *, four_eyes: bool) -> None:
    author = reviewing.newest(session, place.translation).author_id
    if not standing.may_publish(viewer, author_id=author, four_eyes=four_eyes):
        raise NotAllowed
