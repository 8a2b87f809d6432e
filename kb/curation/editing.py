"""A correction becomes an edit: a new revision of the text on show, with the reader's wording."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from kb.access import Viewer
from kb.articles.actions import Change, Draft
from kb.articles.amending import amend, current
from kb.articles.models import Article, Revision, Translation
from kb.curation import places, policy
from kb.curation.models import Correction
from kb.curation.places import How
from kb.errors import InvalidInput, NotAllowed, StaleRevision

LONGEST_EDIT = 8_000


@dataclass(frozen=True)
class Edit:
    """What a correction would change now: the lines it is about, as they are and as proposed."""

    version: int
    """Of the translation: an edit made of an older one is refused."""
    before: str
    after: str
    how: How


@dataclass(frozen=True)
class Touched:
    """The lines as the editor has left them."""

    text: str
    version: int
    note: str = ""


def edit_of(session: Session, correction: Correction, translation: Translation) -> Edit | None:
    """Return what a correction would change; None where its passage stands nowhere any more."""
    body = current(session, translation).body
    place = places.locate(body, correction.passage, section=correction.section)
    if place is None:
        return None
    before = places.source(body, place)
    after = places.proposed(body, place, correction.wording) if correction.wording else before
    return Edit(translation.version, before, after, place.how)


def apply(  # noqa: PLR0913  # what is edited, how, and by whom
    session: Session,
    correction: Correction,
    article: Article,
    translation: Translation,
    touched: Touched,
    *,
    by: Viewer,
    four_eyes: bool = False,
) -> Revision | None:
    """Put the edited lines into the article, and on show where it is; None: nothing is changed.

    Raises:
        NotAllowed: this is no editor.
        StaleRevision: somebody has edited the article since, or the passage is gone.
        InvalidInput: nothing is left of the lines, or far too much.
    """
    if not policy.may_decide(by):
        raise NotAllowed
    found = edit_of(session, correction, translation)
    if found is None or translation.version != touched.version:
        raise StaleRevision(version=translation.version)
    text = touched.text.strip("\n")
    if not text.strip() or len(text) > LONGEST_EDIT:
        raise InvalidInput(field="edited")
    if text == found.before:
        return None

    def edit(draft: Draft) -> Draft:
        place = places.locate(draft.body, correction.passage, section=correction.section)
        if place is None:
            return draft
        return replace(draft, body=draft.body[: place.start] + text + draft.body[place.end :])

    change = Change(touched.note)
    return amend(session, article, translation, edit, change, by=by, four_eyes=four_eyes)
