"""Where a translation stands and what may come next. Pure: nobody is asked but the arguments."""

from dataclasses import dataclass
from enum import StrEnum

from kb.access import Viewer
from kb.articles.models import State


class Step(StrEnum):
    """What an editor can do with a translation next."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SEND_BACK = "send back"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


@dataclass(frozen=True)
class Standing:
    """How far a translation has come."""

    state: State
    has_news: bool
    """Its newest revision is not on show."""
    is_in_review: bool
    is_archived: bool = False
    """The whole article is."""


def steps(standing: Standing) -> frozenset[Step]:
    """Return what can come next, whoever does it.

    >>> sorted(steps(Standing(State.DRAFT, has_news=True, is_in_review=False)))
    [<Step.PUBLISH: 'publish'>, <Step.SUBMIT: 'submit'>]
    """
    if standing.is_archived:
        return frozenset()
    found = set()
    if standing.has_news:
        found.add(Step.PUBLISH)
    if standing.is_in_review:
        found |= {Step.WITHDRAW, Step.SEND_BACK}
    elif standing.has_news:
        found.add(Step.SUBMIT)
    if standing.state is State.PUBLISHED:
        found.add(Step.UNPUBLISH)
    return frozenset(found)


def may_publish(viewer: Viewer, *, author_id: int | None, four_eyes: bool) -> bool:
    """Editors put revisions on show; where four eyes are asked for, never their own.

    The author is whoever wrote the newest revision. What an import wrote has none.
    """
    is_own = author_id is not None and author_id == viewer.person_id
    return viewer.is_editor and not (four_eyes and is_own)
