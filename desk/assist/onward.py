"""What a case is for the knowledge: flags with what editors say, and the article it may become."""

from dataclasses import dataclass

from sqlmodel import select

from desk.assist.work import Work
from kb.cases.marks import Fault
from kb.cases.models import Solution
from kb.curation import flagged


@dataclass(frozen=True)
class FlaggedHere:
    """An article somebody flagged from this case."""

    title: str
    locale: str
    fault: Fault
    answer: str
    """Of the editors; empty while they have not answered."""


def flagged_here(work: Work) -> list[FlaggedHere]:
    """Return what was flagged from this case, in the order it was said in."""
    return [
        FlaggedHere(
            one.about.revision.title, one.about.translation.locale, flag.fault, flag.answer
        )
        for one in flagged.of_case(work.session, work.case_id)
        for flag in one.flags
    ]


def article_url(work: Work) -> str:
    """Return where an editor makes an article of what solved the case; empty for others."""
    if not work.viewer.is_editor:
        return ""
    has_solution = select(Solution.id).where(Solution.case_id == work.case_id)
    if work.session.exec(has_solution).first() is None:
        return ""
    return f"/desk/curation/gaps/from-cases?case={work.case_id}"
