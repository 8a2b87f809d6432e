"""What can be done with cases. Actions never commit: the caller's transaction does."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from kb import clock, outbox
from kb.access import Role, Viewer
from kb.cases import ended, policy
from kb.cases.models import (
    Case,
    CaseArticle,
    CaseState,
    Fate,
    Message,
    Outcome,
    Solution,
    SolutionState,
    Suggestion,
    SuggestionKind,
    Trail,
    TrailKind,
)
from kb.db import hold, stored_id
from kb.errors import InvalidInput
from kb.people.models import Person
from kb.text import clean, one_line

LONGEST_MESSAGE = 20_000


@dataclass(frozen=True)
class Step:
    """Something a customer did before writing."""

    kind: TrailKind
    text: str
    article_id: int | None = None
    was_answered: bool = False


@dataclass(frozen=True)
class Essence:
    """The redacted essence of a solved case."""

    problem: str
    resolution: str
    cause: str = ""
    environment: str = ""
    subject: str = ""
    """Empty: the case's own subject, which must then hold nobody's data."""


def open_case(
    session: Session,
    *,
    customer: Person,
    subject: str,
    body: str,
    locale: str,
    trail: list[Step] | None = None,
) -> Case:
    """Open a case with its first message and what the customer tried before.

    Raises:
        InvalidInput: the message is empty or too long.
    """
    words = _checked(body)
    case = Case(
        subject=one_line(subject, limit=160) or one_line(words, limit=80),
        locale=locale,
        state=CaseState.NEW,
        customer_id=stored_id(customer.id),
    )
    session.add(case)
    session.flush()
    session.add(
        Message(
            case_id=stored_id(case.id),
            author_role=Role.CUSTOMER,
            author_id=customer.id,
            body=words,
        )
    )
    for step in trail or []:
        session.add(
            Trail(
                case_id=stored_id(case.id),
                kind=step.kind,
                text=one_line(step.text),
                article_id=step.article_id,
                was_answered=step.was_answered,
            )
        )
    noted(session, case)
    return case


def say(  # noqa: PLR0913  # each says something else, and most callers say three
    session: Session,
    case: Case,
    *,
    author: Viewer,
    body: str,
    internal: bool = False,
    idempotency_key: str | None = None,
    held_for: timedelta = timedelta(),
) -> Message:
    """Add a message or an internal note; the same idempotency key adds it once only.

    What is held for a while is not for the customer before that, and is then, whatever happens.

    Raises:
        InvalidInput: the message is empty or too long.
    """
    if idempotency_key:
        earlier = session.exec(
            select(Message).where(
                Message.case_id == case.id, Message.idempotency_key == idempotency_key
            )
        ).first()
        if earlier is not None:
            return earlier
    message = Message(
        case_id=stored_id(case.id),
        author_role=author.role,
        author_id=author.person_id,
        is_internal=internal and author.is_staff,
        body=_checked(body),
        idempotency_key=idempotency_key or None,
    )
    if held_for and not message.is_internal:
        message.visible_from = message.written_at = clock.now() + held_for
        message.state_before = case.state
    case.state = policy.state_after_message(case, author.role, internal=message.is_internal)
    if case.state in policy.UNFINISHED:
        case.solved_at = None
    if not message.is_internal:
        case.updated_at = clock.now()
    session.add(case)
    session.add(message)
    session.flush()
    ended.note(session, case)
    noted(session, case)
    return message


def assign(session: Session, case: Case, person_id: int | None) -> None:
    """Give the case to somebody, or to nobody. The customer waits as long as before."""
    case.assignee_id = person_id
    if case.state is CaseState.NEW and person_id is not None:
        case.state = CaseState.OPEN
    session.add(case)
    noted(session, case)


def set_state(session: Session, case: Case, state: CaseState) -> None:
    """Put the case into a state; one that is taken up again is solved no more."""
    case.state = state
    if state in policy.UNFINISHED:
        case.solved_at = None
    case.updated_at = clock.now()
    session.add(case)
    ended.note(session, case)
    noted(session, case)


def link_article(
    session: Session, case: Case, article_id: int, *, by: int | None, helped: bool = False
) -> None:
    """Link an article to the case; linking twice changes nothing but may add that it helped."""
    link = CaseArticle(case_id=stored_id(case.id), article_id=article_id, linked_by=by)
    found = hold(session, link)
    found.helped = found.helped or helped
    session.add(found)
    noted(session, case)


def unlink_article(session: Session, case: Case, article_id: int) -> None:
    found = session.get(CaseArticle, (stored_id(case.id), article_id))
    if found is not None:
        session.delete(found)
        noted(session, case)


def solve(
    session: Session, case: Case, *, outcome: Outcome, helped_by: int | None, by: int | None
) -> None:
    """Mark the case solved, and which article helped, or none."""
    case.state = CaseState.SOLVED
    case.outcome = outcome
    case.solved_at = case.updated_at = clock.now()
    session.add(case)
    ended.note(session, case)
    noted(session, case)
    if helped_by is not None:
        link_article(session, case, helped_by, by=by, helped=True)


def keep_solution(session: Session, case: Case, essence: Essence) -> Solution:
    """Keep the essence of a solved case. The caller has redacted it: it will be indexed."""
    case_id = stored_id(case.id)
    found = session.exec(select(Solution).where(Solution.case_id == case_id)).first()
    if found is not None:
        outbox.note(session, outbox.Subject.SOLUTION, stored_id(found.id))
        session.delete(found)
        session.flush()
    solution = Solution(
        case_id=case_id,
        locale=case.locale,
        subject=one_line(essence.subject, limit=160) or case.subject,
        problem=clean(essence.problem),
        resolution=clean(essence.resolution),
        cause=one_line(essence.cause, limit=500),
        environment=one_line(essence.environment, limit=500),
        state=SolutionState.CANDIDATE,
    )
    session.add(solution)
    session.flush()
    outbox.note(session, outbox.Subject.SOLUTION, stored_id(solution.id))
    return solution


def record_suggestion(
    session: Session,
    case: Case,
    *,
    kind: SuggestionKind,
    subject_id: int,
    score: float,
    reasons: list[str],
) -> Suggestion:
    """Note that a suggestion was shown; shown again it keeps its fate."""
    shown = Suggestion(case_id=stored_id(case.id), kind=kind, subject_id=subject_id, score=score)
    found = hold(session, shown, by=("case_id", "kind", "subject_id"))
    found.score, found.reasons = score, reasons
    session.add(found)
    session.flush()
    return found


def decide_suggestion(
    session: Session, suggestion: Suggestion, fate: Fate, *, by: int | None, reason: str = ""
) -> None:
    """Note what became of a suggestion."""
    suggestion.fate = fate
    suggestion.fate_reason = one_line(reason)
    suggestion.decided_by = by
    suggestion.decided_at = clock.now()
    session.add(suggestion)


def noted(session: Session, case: Case) -> None:
    """Tell whoever has the case before them that something changed in it."""
    outbox.note(session, outbox.Subject.CASE, stored_id(case.id))


def _checked(body: str) -> str:
    words = clean(body).strip()
    if not words or len(words) > LONGEST_MESSAGE:
        raise InvalidInput(field="body")
    return words
