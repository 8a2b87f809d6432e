"""What a visitor has asked and read. It travels in links, never in a cookie, up to the case."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session

from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.cases.actions import Step
from kb.cases.models import TrailKind
from kb.config import LOCALES
from kb.questions import queries as questions
from kb.questions.models import Question

LONGEST_ID = 64


@dataclass(frozen=True)
class Footprints:
    """The public ids of the last question and the last article; both may be empty."""

    question: str = ""
    article: str = ""

    def link(self, path: str, anchor: str = "") -> str:
        """Return the path with the ids, so that the next page knows them."""
        given = {"question": self.question, "article": self.article}
        query = urlencode({name: value for name, value in given.items() if value})
        return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


def footprints(question: str, article: str = "") -> Footprints:
    """Take over what an address or a form says; nothing is believed before it is looked up."""
    return Footprints(question[:LONGEST_ID], article[:LONGEST_ID])


def question_of(session: Session, prints: Footprints) -> Question | None:
    """Return the question that was asked, if there is one."""
    return questions.by_public_id(session, prints.question) if prints.question else None


def article_of(session: Session, viewer: Viewer, prints: Footprints) -> Published | None:
    """Return the article that was read, if the visitor may read it."""
    known = articles.slugs(session, viewer, [prints.article]) if prints.article else {}
    slugs = known.get(prints.article, {})
    locale = next((locale for locale in LOCALES if locale in slugs), None)
    if locale is None:
        return None
    return articles.published(session, viewer, locale=locale, slug=slugs[locale])


def steps(session: Session, viewer: Viewer, prints: Footprints) -> list[Step]:
    """Return what will be kept with the case."""
    found = []
    if (question := question_of(session, prints)) is not None:
        answered = question.answer is not None
        found.append(Step(TrailKind.ASKED, question.text, was_answered=answered))
    if (read := article_of(session, viewer, prints)) is not None:
        found.append(Step(TrailKind.READ, read.revision.title, article_id=read.article.id))
    return found
