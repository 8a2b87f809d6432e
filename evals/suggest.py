"""Ask assist what helps with solved cases that are held out, and plain dense search the same.

Ours is the production code. Plain is what a vector store alone gives: the opening words as one
vector, the nearest passages of every collection, each article or case once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from sqlmodel import Session, select

from evals.datasets.golden import Part
from evals.datasets.solved import Said, Solved
from evals.held_out import held_out, opening
from evals.workspace import Workspace
from kb.access import Role, Viewer
from kb.articles.models import Article
from kb.cases.models import Case
from kb.passages import queries as passages
from kb.terminal import Progress
from retrieval import assist
from retrieval.authorize import authorize
from retrieval.results import Candidate, Kind, Passage

AGENT = Viewer(Role.AGENT)
_DEPTH = 60
_FIRST = 3
Subject = tuple[str, int]
"""Article and its id, or solution and the id of its case."""


@dataclass(frozen=True)
class Offered:
    """A suggestion as an agent sees it."""

    subject: Subject
    probability: float
    fits: bool


@dataclass(frozen=True)
class Asked:
    """What came for one case, best first."""

    key: str
    locale: str
    split: Part
    is_stranger: bool
    right: frozenset[Subject]
    """Empty for strangers: nothing here solves their case."""
    shown: tuple[Offered, ...]
    dense: tuple[Subject, ...]
    evidence: tuple[tuple[Subject, dict[str, float]], ...]
    """Of everything that was found, to learn from."""
    ms: float

    def is_right(self, subjects: Sequence[Subject], first: int = _FIRST) -> bool:
        """Say whether what helped, or an equivalent, is among the first."""
        return any(one in self.right for one in subjects[:first])

    @property
    def ranked(self) -> list[Subject]:
        return [one.subject for one in self.shown]


def ask_all(
    place: Workspace,
    cases: Sequence[Solved],
    progress: Progress,
    *,
    known: Sequence[Solved] = (),
) -> list[Asked]:
    """Ask for every case; `known` are all cases of the set, empty where it is another one's."""
    right = _right_of(place, known)
    asked = []
    for number, solved in enumerate(cases, start=1):
        asked.append(_ask(place, solved, right(solved), is_stranger=not known))
        progress("ask", number, len(cases))
    return asked


def _ask(
    place: Workspace, solved: Solved, right: frozenset[Subject], *, is_stranger: bool
) -> Asked:
    with held_out(place.engine, solved) as (session, case):
        started = perf_counter()
        found, similar = assist.likely(session, place.engines, place.lexicons, case, AGENT)
        chosen = assist.chosen(found, similar)
        milliseconds = (perf_counter() - started) * 1000
        dense = _dense(session, place, case, solved.messages)
    offered = [Offered(_subject(one.hit.passage), one.probability, one.fits) for one in chosen]
    offered.sort(key=lambda one: -one.probability)
    return Asked(
        key=solved.key,
        locale=solved.locale,
        split=solved.split,
        is_stranger=is_stranger,
        right=right,
        shown=tuple(offered),
        dense=dense,
        evidence=tuple((_subject(one.hit.passage), one.evidence) for one in [*found, *similar]),
        ms=milliseconds,
    )


def _subject(passage: Passage) -> Subject:
    is_solution = passage.kind is Kind.SOLUTIONS
    return ("solution" if is_solution else "article", passage.family_id)


def _dense(
    session: Session, place: Workspace, case: Case, messages: Sequence[Said]
) -> tuple[Subject, ...]:
    vector = place.engines.meaning(f"{case.subject}. {' '.join(opening(messages))}")
    near: list[tuple[float, Subject]] = []
    for collection in passages.all_serving(session).values():
        found = place.engines.vectors.nearest(collection, vector, limit=_DEPTH)
        kind = Kind(collection.partition("-")[0])
        candidates = [Candidate(kind, one.chunk_id) for one in found]
        there = authorize(session, AGENT, collection, candidates)
        near += [
            (one.score, _subject(there[one.chunk_id])) for one in found if one.chunk_id in there
        ]
    near.sort(key=lambda one: -one[0])
    return tuple(dict.fromkeys(subject for _, subject in near))


def _right_of(place: Workspace, known: Sequence[Solved]) -> Callable[[Solved], frozenset[Subject]]:
    """Return what helps: the article that is named, and other cases about the same."""
    with Session(place.engine) as session:
        articles = session.exec(select(Article.source_key, Article.id)).all()
        cases = dict(session.exec(select(Case.source_key, Case.id)).all())
    of_key = {key.rpartition("/")[2].removesuffix(".md"): number or 0 for key, number in articles}

    def right(solved: Solved) -> frozenset[Subject]:
        alike = [one for one in known if one.group == solved.group and one.key != solved.key]
        found: set[Subject] = {("solution", cases[one.key] or 0) for one in alike}
        if known and solved.has_article:
            found.add(("article", of_key[solved.group]))
        return frozenset(found)

    return right


def suggestions(asked: Sequence[Asked]) -> list[tuple[Asked, Offered]]:
    """Return everything that was shown, with the case it was shown for."""
    return [(one, offered) for one in asked for offered in one.shown]
