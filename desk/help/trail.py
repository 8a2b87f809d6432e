"""What a visitor has asked, read and ticked. It travels in links, not in a cookie, to the case.

An address names several, the last one last, with a dot between: `question=a.b&article=c`. With
scripts the browser keeps the list for as long as the tab is open; without, it holds the last ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from sqlmodel import Session

from kb.access import Viewer
from kb.articles import queries as articles
from kb.articles.queries import Published
from kb.cases.actions import Step
from kb.cases.models import TrailKind
from kb.config import LOCALES
from kb.questions import queries as questions
from kb.questions.models import Feedback, Question

LONGEST_ID = 64
MOST = 12
"""Of each kind that travel; of more, the last ones."""
_TICKED = re.compile(r"([0-9a-f]{1,64})-(\d{1,3})-(\d{1,3})")


@dataclass(frozen=True)
class Footprints:
    """The public ids of questions, articles and feedback, and the steps ticked; any may lack."""

    question: str = ""
    article: str = ""
    ticked: str = ""
    """`<article>-<steps done>-<steps there are>`, several with a dot between."""
    feedback: str = ""

    @property
    def last_question(self) -> str:
        return self.question.rpartition(".")[2]

    @property
    def last_article(self) -> str:
        return self.article.rpartition(".")[2]

    def link(self, path: str, anchor: str = "", *, device: str = "") -> str:
        """Return the path with the ids, so that the next page knows them, and a device, if any."""
        carried = {**vars(self), "device": device}
        query = urlencode({name: value for name, value in carried.items() if value})
        return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


def footprints(
    question: str, article: str = "", ticked: str = "", feedback: str = ""
) -> Footprints:
    """Take over what an address or a form says; nothing is believed before it is looked up."""
    return Footprints(_listed(question), _listed(article), _listed(ticked), _listed(feedback))


def brought(asked: Mapping[str, str]) -> Footprints:
    """Take over what an address says."""
    return footprints(*(asked.get(one.name, "") for one in fields(Footprints)))


def question_of(session: Session, prints: Footprints) -> Question | None:
    """Return the question that was asked last, if there is one."""
    last = prints.last_question
    return questions.by_public_id(session, last) if last else None


def questions_of(session: Session, viewer: Viewer, prints: Footprints) -> list[Question]:
    """Return the questions, each after the ones it follows up."""
    found: dict[str, Question] = {}
    for public_id in prints.question.split("."):
        one = questions.by_public_id(session, public_id) if public_id else None
        if one is None:
            continue
        for each in (*questions.chain(session, one, length=MOST), one):
            if each.text and each.audience in viewer.audiences:
                found.setdefault(each.public_id, each)
    return list(found.values())[-MOST:]


def article_of(session: Session, viewer: Viewer, prints: Footprints) -> Published | None:
    """Return the article that was read last, if the visitor may read it."""
    return next(
        iter(articles_of(session, viewer, replace(prints, article=prints.last_article))), None
    )


def articles_of(session: Session, viewer: Viewer, prints: Footprints) -> list[Published]:
    """Return the articles that were read, as far as the visitor may read them."""
    wanted = [public_id for public_id in prints.article.split(".") if public_id]
    known = articles.slugs(session, viewer, wanted) if wanted else {}
    found = [_shown(session, viewer, known.get(public_id, {})) for public_id in wanted]
    return [one for one in found if one is not None]


def ticked_of(prints: Footprints) -> dict[str, tuple[int, int]]:
    """Return by article how many of how many steps are ticked."""
    found = {}
    for each in prints.ticked.split("."):
        parts = _TICKED.fullmatch(each)
        if parts and 0 < int(parts[2]) <= int(parts[3]):
            found[parts[1]] = (int(parts[2]), int(parts[3]))
    return found


def feedback_of(session: Session, prints: Footprints) -> list[Feedback]:
    """Return what was said of articles, where it was said what is missing."""
    given = [questions.feedback(session, one) for one in prints.feedback.split(".") if one]
    return [one for one in given if one is not None and one.reason is not None]


def steps(session: Session, viewer: Viewer, prints: Footprints) -> list[Step]:
    """Return what was asked and read, to be kept with the case."""
    asked = [
        Step(TrailKind.ASKED, one.text, was_answered=one.answer is not None)
        for one in questions_of(session, viewer, prints)
    ]
    read = [
        Step(TrailKind.READ, one.revision.title, article_id=one.article.id)
        for one in articles_of(session, viewer, prints)
    ]
    return [*asked, *read]


def _listed(value: str) -> str:
    parts = dict.fromkeys(part[:LONGEST_ID] for part in value[:2_000].split(".") if part)
    return ".".join(list(parts)[-MOST:])


def _shown(session: Session, viewer: Viewer, slugs: dict[str, str]) -> Published | None:
    locale = next((locale for locale in LOCALES if locale in slugs), None)
    if locale is None:
        return None
    return articles.published(session, viewer, locale=locale, slug=slugs[locale])
