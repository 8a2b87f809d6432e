"""Writes cases: customer, messages with their dates, linked articles, and the solution."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from ingestion.records import Failure, Outcome, Remark
from ingestion.sources.cases_jsonl import RawCase
from kb import clock
from kb.access import Role
from kb.articles.models import Article
from kb.cases import actions as cases
from kb.cases import ended, models
from kb.cases.actions import Essence
from kb.cases.models import Case, CaseState, Message, Solution, SolutionState
from kb.cases.policy import UNFINISHED
from kb.db import stored_id, transaction
from kb.errors import Problem
from kb.people import actions as people
from kb.people.models import Person

BATCH = 50
_UNKNOWN = {"de": "Unbekannt", "en": "Unknown"}
_OUTCOMES = {
    "coached": models.Outcome.SOLVED_COACHED,
    "agent": models.Outcome.SOLVED_BY_AGENT,
    "customer alone": models.Outcome.SOLVED_ALONE,
}


@dataclass(frozen=True)
class StoredCase:
    """What kb holds of an imported case."""

    case_id: int
    messages: frozenset[str]
    solution: Essence | None = None
    is_reviewed: bool = False


@dataclass(frozen=True)
class WantedCase:
    """A case of the source, what is worth keeping of it, and what kb holds of it."""

    raw: RawCase
    told: Essence | None
    stored: StoredCase | None = None

    @property
    def has_news(self) -> bool:
        """The solution is another one. What a person has reviewed is theirs."""
        if self.told is None or (self.stored is not None and self.stored.is_reviewed):
            return False
        return self.stored is None or self.told != self.stored.solution


@dataclass
class Written:
    """What went wrong, or is worth saying, while writing."""

    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def outcome(wanted: WantedCase, source: str) -> Outcome:
    """Name what becomes of a case. What happened here since the last import stays."""
    if wanted.stored is None:
        return Outcome.NEW
    keys = {wanted.raw.message_key(source, at) for at in range(len(wanted.raw.messages))}
    is_known = keys <= wanted.stored.messages and not wanted.has_news
    return Outcome.UNCHANGED if is_known else Outcome.CHANGED


def stored_cases(session: Session, source: str) -> dict[str, StoredCase]:
    """Return the cases that came from this source, by their key in it."""
    own = select(Case.id).where(Case.source == source)
    keys: dict[int, set[str]] = {}
    for case_id, key in session.exec(
        select(Message.case_id, Message.idempotency_key).where(col(Message.case_id).in_(own))
    ).all():
        keys.setdefault(case_id, set()).add(key or "")
    solutions = {
        found.case_id: found
        for found in session.exec(select(Solution).where(col(Solution.case_id).in_(own))).all()
    }
    return {
        case.source_key: StoredCase(
            stored_id(case.id),
            frozenset(keys.get(stored_id(case.id), ())),
            _says(solutions.get(stored_id(case.id))),
            _is_reviewed(solutions.get(stored_id(case.id))),
        )
        for case in session.exec(select(Case).where(Case.source == source)).all()
    }


def write(
    engine: Engine, wanted: Sequence[WantedCase], source: str, on_batch: Callable[[int], None]
) -> Written:
    """Write cases in batches; one that cannot be written is reported and the others are kept."""
    written = Written()
    with Session(engine) as session:
        into = _Into(source, _articles(session))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        try:
            with transaction(engine) as session:
                remarks = [remark for one in batch for remark in _case(session, one, into)]
            written.remarks += remarks
        except Problem:
            _one_by_one(engine, batch, into, written)
        on_batch(len(batch))
    return written


@dataclass(frozen=True)
class _Into:
    source: str
    articles: Mapping[str, int]


def _one_by_one(
    engine: Engine, batch: Sequence[WantedCase], into: _Into, written: Written
) -> None:
    for wanted in batch:
        try:
            with transaction(engine) as session:
                written.remarks += _case(session, wanted, into)
        except Problem as error:
            reason = f"was refused ({error})"
            written.failures.append(Failure(wanted.raw.origin, reason, wanted.raw.key))


def _case(session: Session, wanted: WantedCase, into: _Into) -> list[Remark]:
    raw, stored = wanted.raw, wanted.stored
    if stored is None:
        case = _new(session, raw, _customer(session, raw), into.source)
    else:
        case = session.get_one(Case, stored.case_id)
    known = stored.messages if stored else frozenset()
    _messages(session, case, raw, source=into.source, known=known)
    if case.state in UNFINISHED and _state(raw) not in UNFINISHED:
        _close(case, raw)
    session.add(case)
    ended.note(session, case)
    helps = case.state not in UNFINISHED
    remarks = []
    for key in raw.articles:
        if key in into.articles:
            cases.link_article(session, case, into.articles[key], by=None, helped=helps)
        else:
            remarks.append(Remark(raw.origin, f"names an article that is not here: {key[:100]}"))
    if wanted.told is not None and wanted.has_news:
        cases.keep_solution(session, case, wanted.told)
    return remarks


def _new(session: Session, raw: RawCase, customer: Person, source: str) -> Case:
    times = [at for at in (raw.created_at, *(m.at for m in raw.messages), raw.solved_at) if at]
    case = Case(
        subject=raw.subject,
        locale=raw.locale,
        state=_state(raw),
        customer_id=stored_id(customer.id),
        source=source,
        source_key=raw.key,
        created_at=min(times, default=clock.now()),
        updated_at=max(times, default=clock.now()),
    )
    if case.state not in UNFINISHED:
        _close(case, raw)
    session.add(case)
    session.flush()
    return case


def _close(case: Case, raw: RawCase) -> None:
    case.state = _state(raw)
    case.outcome = _OUTCOMES.get(raw.helped_by, models.Outcome.UNKNOWN)
    case.solved_at = raw.solved_at or case.updated_at


def _messages(
    session: Session, case: Case, raw: RawCase, *, source: str, known: frozenset[str]
) -> None:
    at = raw.created_at or case.created_at
    for number, message in enumerate(raw.messages):
        at = message.at or at
        key = raw.message_key(source, number)
        if key in known:
            continue
        by = Role.CUSTOMER if message.by_customer else Role.AGENT
        session.add(
            Message(
                case_id=stored_id(case.id),
                author_role=by,
                author_id=case.customer_id if message.by_customer else None,
                is_internal=message.is_internal,
                body=message.body,
                idempotency_key=key,
                written_at=at,
            )
        )
        case.updated_at = max(case.updated_at, at)
    session.flush()


def _state(raw: RawCase) -> CaseState:
    """Take the state from the file; else a resolution means solved, else the last word decides."""
    if raw.state is not None:
        return raw.state
    if raw.resolution:
        return CaseState.SOLVED
    said = [message for message in raw.messages if not message.is_internal]
    if not any(not message.by_customer for message in said):
        return CaseState.NEW
    return CaseState.OPEN if said[-1].by_customer else CaseState.WAITING


def _customer(session: Session, raw: RawCase) -> Person:
    name = raw.customer.name or raw.customer.email or _UNKNOWN[raw.locale]
    return people.customer(session, name=name, email=raw.customer.email, locale=raw.locale)


def _articles(session: Session) -> dict[str, int]:
    """Return articles by key, and by the last part of it where that is clear."""
    rows = session.exec(select(Article.source_key, Article.id).order_by(col(Article.id))).all()
    found = {key.rpartition("/")[2]: stored_id(number) for key, number in reversed(rows)}
    return found | {key: stored_id(number) for key, number in reversed(rows)}


def _says(solution: Solution | None) -> Essence | None:
    if solution is None:
        return None
    return Essence(
        subject=solution.subject,
        problem=solution.problem,
        resolution=solution.resolution,
        cause=solution.cause,
        environment=solution.environment,
    )


def _is_reviewed(solution: Solution | None) -> bool:
    return solution is not None and solution.state is SolutionState.VALIDATED
