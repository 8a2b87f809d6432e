"""Where it goes on when an answer did not solve it: each reason leads somewhere else.

Never a dead end: every way has articles nobody has seen yet, or something to do, and a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from desk import markdown
from desk.help.trail import Footprints
from desk.markdown import Heading
from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.policy import address
from kb.articles.queries import Published
from kb.questions.models import Feedback, Question

NEXT_BEST, NEXT_SECTIONS = 3, 2
REPORT = "report"
"""Where an article takes corrections."""


@dataclass(frozen=True)
class Place:
    """A link to read on."""

    title: str
    url: str


@dataclass(frozen=True)
class Way:
    """What a reader is offered; the template takes of it what fits the reason."""

    question: str
    """What was asked, to ask it otherwise."""
    others: Sequence[Place]
    """The next best articles for the question."""
    sections: Sequence[Place]
    """What comes after the quoted piece in the same article."""
    article: Place | None
    report_url: str


def way(
    session: Session, viewer: Viewer, given: Feedback, asked: Question | None, prints: Footprints
) -> Way:
    """Return how it goes on, from what this viewer may read now."""
    hits = asked.hits if asked is not None else []
    known = articles.by_revisions(session, viewer, [*hits, given.revision_id])
    source = known.get(given.revision_id)
    family = source.article.id if source is not None else None
    others = [known[hit] for hit in hits if hit in known and known[hit].article.id != family]
    where = _address(source) if source is not None else ""
    return Way(
        question=asked.text if asked is not None else "",
        others=[Place(one.revision.title, prints.link(_address(one))) for one in others][
            :NEXT_BEST
        ],
        sections=_sections(source, _anchor(given, asked), prints) if source is not None else [],
        article=Place(source.revision.title, prints.link(where)) if source is not None else None,
        report_url=prints.link(where, REPORT) if where else "",
    )


def read(session: Session, viewer: Viewer, given: Feedback, prints: Footprints) -> Footprints:
    """Return the footprints with the article the feedback is about."""
    source = articles.by_revisions(session, viewer, [given.revision_id]).get(given.revision_id)
    return Footprints(prints.question, source.article.public_id) if source is not None else prints


def _address(one: Published) -> str:
    return address(one.translation.locale, one.translation.slug)


def _anchor(given: Feedback, asked: Question | None) -> str:
    """Return the last section of the article that was quoted."""
    quoted = (
        [one for one in asked.citations if one["revision"] == given.revision_id] if asked else []
    )
    return str(quoted[-1]["url"]).rpartition("#")[2] if quoted and "#" in quoted[-1]["url"] else ""


def _sections(source: Published, anchor: str, prints: Footprints) -> list[Place]:
    """Return the sections that follow; without a place to go on from, there are none."""
    nowhere = markdown.Links(source.translation.locale)
    headings = markdown.render(source.revision.body, nowhere).headings
    at = next((at for at, one in enumerate(headings) if one.anchor == anchor), None)
    following: Sequence[Heading] = headings[at + 1 :] if at is not None else []
    return [
        Place(one.text, prints.link(_address(source), one.anchor))
        for one in following[:NEXT_SECTIONS]
    ]
