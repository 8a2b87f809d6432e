"""How a customer ends a case, takes it up again, follows it up later, and says how it was.

Actions never commit: the caller's transaction does.
"""

from sqlmodel import Session, col, select

from kb import clock
from kb.access import Role
from kb.cases import actions, policy, queries
from kb.cases.models import Case, CaseState, Message, Outcome, Rating, Sequel
from kb.db import stored_id
from kb.errors import CaseEnded, InvalidInput
from kb.people.models import Person
from kb.text import clean

LONGEST_COMMENT = 1_000
_SEQUEL = "sequel"


def outcome_of(session: Session, case: Case) -> Outcome:
    """Return what it means when the customer calls the case solved: who has answered tells."""
    answered = session.exec(
        select(Message.id)
        .where(Message.case_id == case.id, col(Message.is_internal).is_(False))
        .where(col(Message.author_role) != Role.CUSTOMER)
    ).first()
    return Outcome.SOLVED_ALONE if answered is None else Outcome.SOLVED_BY_AGENT


def solve_by_customer(session: Session, case: Case, *, helped_by: int | None) -> None:
    """End the case because its customer says so; ended twice changes nothing.

    Raises:
        InvalidInput: the article that helped does not belong to the case.
    """
    if case.state not in policy.UNFINISHED:
        return
    linked = {link.article_id for link in queries.linked_articles(session, stored_id(case.id))}
    if helped_by is not None and helped_by not in linked:
        raise InvalidInput(field="helped_by")
    outcome = outcome_of(session, case)
    actions.solve(session, case, outcome=outcome, helped_by=helped_by, by=case.customer_id)


def reopen(session: Session, case: Case) -> None:
    """Take an ended case up again; one that is not over stays as it is.

    Raises:
        CaseEnded: it has been over for too long.
    """
    if case.state in policy.UNFINISHED:
        return
    if not policy.may_be_reopened(case, at=clock.now()):
        raise CaseEnded
    actions.set_state(session, case, CaseState.OPEN)


def open_sequel(session: Session, earlier: Case, *, body: str, key: str) -> Case:
    """Open a case that goes on where this one ended; the same key opens it once only.

    Raises:
        InvalidInput: the message is empty or too long.
    """
    source_key = f"{earlier.id}:{key}"
    found = queries.by_source(session, _SEQUEL, source_key)
    if found is not None:
        return found
    case = actions.open_case(
        session,
        customer=session.get_one(Person, earlier.customer_id),
        subject=earlier.subject,
        body=body,
        locale=earlier.locale,
    )
    case.source, case.source_key = _SEQUEL, source_key
    session.add(case)
    session.add(Sequel(case_id=stored_id(case.id), earlier_id=stored_id(earlier.id)))
    session.flush()
    return case


def rate(session: Session, case: Case, *, stars: int, comment: str = "") -> None:
    """Keep how content the customer is; the first word counts, later ones change nothing.

    Raises:
        InvalidInput: that is no number of stars, or the case is not over.
    """
    if stars not in policy.STARS or case.state in policy.UNFINISHED:
        raise InvalidInput(field="stars")
    case_id = stored_id(case.id)
    if session.get(Rating, case_id) is None:
        said = clean(comment).strip()[:LONGEST_COMMENT]
        session.add(Rating(case_id=case_id, stars=stars, comment=said))
        session.flush()
        actions.noted(session, case)


def rating(session: Session, case: Case) -> Rating | None:
    """Return what the customer said of the case in the end."""
    return session.get(Rating, stored_id(case.id))


def earlier_of(session: Session, case: Case) -> Case | None:
    """Return the case this one follows."""
    return session.exec(
        select(Case)
        .join(Sequel, col(Sequel.earlier_id) == col(Case.id))
        .where(Sequel.case_id == case.id)
    ).first()
