"""A solved case as it was when it came in: its solution is not there, nor what was said later.

Done in a session that is rolled back, so nothing of it is kept: SQL decides what search may find,
so what SQL does not have at that moment is not found, whatever the index holds.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session, select

from evals.datasets.solved import Said, Solved
from kb.access import Role
from kb.cases.models import Case, CaseState, Message, Solution
from kb.db import stored_id
from kb.people.models import Person

ENOUGH = 12
"""Words after which an agent knows what it is about: what comes after the next reply is later."""


@contextmanager
def held_out(engine: Engine, solved: Solved) -> Iterator[tuple[Session, Case]]:
    """Yield a new case with the customer's first words; its own solution is away meanwhile."""
    with Session(engine) as session:
        own = session.exec(select(Case).where(Case.source_key == solved.key)).first()
        if own is not None:
            for solution in session.exec(select(Solution).where(Solution.case_id == own.id)).all():
                session.delete(solution)
        customer = session.exec(select(Person).where(Person.role == Role.CUSTOMER)).first()
        case = Case(
            subject=solved.subject,
            locale=solved.locale,
            state=CaseState.NEW,
            customer_id=stored_id(customer.id if customer else None),
        )
        session.add(case)
        session.flush()
        session.add_all(
            Message(case_id=stored_id(case.id), author_role=Role.CUSTOMER, body=words)
            for words in opening(solved.messages)
        )
        session.flush()
        yield session, case
        session.rollback()


def opening(messages: Sequence[Said]) -> list[str]:
    """Return what the customer says until an agent, who knows enough by then, replies.

    >>> opening([Said("Hello?", True), Said("Yes?", False), Said("It is broken.", True)])
    ['Hello?', 'It is broken.']
    """
    told: list[str] = []
    for one in messages:
        if one.by_customer:
            told.append(one.body)
        elif len(" ".join(told).split()) >= ENOUGH:
            break
    return told
