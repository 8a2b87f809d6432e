"""A short dialogue: the questions before, as they were understood, with where the answer stood."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from desk.help.trail import Footprints
from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.questions.models import Question


@dataclass(frozen=True)
class Turn:
    """A question that was asked before, and the article that answered it."""

    said: str
    title: str = ""
    """Empty: there was no answer, or its article is no longer on show."""
    url: str = ""


def turns(session: Session, viewer: Viewer, earlier: Iterable[Question]) -> list[Turn]:
    """Return what was asked before; an article is named only where SQL shows it now."""
    asked = list(earlier)
    cited = {one.public_id: one.citations[0]["revision"] for one in asked if one.citations}
    known = articles.by_revisions(session, viewer, cited.values()) if cited else {}
    found = []
    for one in asked:
        source = known.get(cited.get(one.public_id, 0))
        said = one.said or one.text
        if source is None:
            found.append(Turn(said))
            continue
        where = address(source.translation.locale, source.translation.slug)
        link = Footprints(question=one.public_id).link(where)
        found.append(Turn(said, source.revision.title, link))
    return found
