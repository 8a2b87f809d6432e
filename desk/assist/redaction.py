"""What of a solved case is kept: its essence, without anybody's data. Seen before it is kept."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from desk.assist.forms import SolutionInput
from desk.assist.work import Work
from ingestion.redact import Known, introduced, redact
from kb.access import Role
from kb.cases import queries
from kb.cases.actions import Essence
from kb.people import queries as people
from kb.people.models import Person

LONGEST_PROBLEM = 1_200
_MARKS = re.compile(r"[^\w\s.'’-]+")
"""What customers may write around their name, and nobody writes in a message."""


@dataclass(frozen=True)
class Safe:
    """An essence nobody can be recognised in, and what was taken out of it."""

    essence: Essence
    found: dict[str, int] = field(default_factory=dict)
    """How often, by kind of data."""


def essence_of(work: Work, given: SolutionInput) -> Safe:
    """Take everybody's data out of the solution an agent has written."""
    known = list(_people(work))
    found: Counter[str] = Counter()

    def safe(text: str) -> str:
        redacted = redact(text, people=known, locale=work.case.locale)
        found.update({kind.value: count for kind, count in redacted.found.items()})
        return redacted.text

    essence = Essence(
        subject=safe(work.case.subject),
        problem=safe(given.problem),
        resolution=safe(given.resolution),
        cause=safe(given.cause),
        environment=safe(given.environment),
    )
    return Safe(essence, dict(found))


def masked(work: Work) -> Callable[[str], str]:
    """Return what takes everybody's data out of a text before a model sees it."""
    known = list(_people(work))
    return lambda text: redact(text, people=known, locale=work.case.locale).text


def first_words(work: Work) -> str:
    """Return how the customer told it: what the problem is prefilled with."""
    told = _said_by_customer(work)
    return next(iter(told), work.case.subject)[:LONGEST_PROBLEM]


def _people(work: Work) -> Iterator[Known]:
    """Yield the customer, who works on the case, and everybody the messages introduce."""
    customer = work.session.get_one(Person, work.case.customer_id)
    yield Known(name=_MARKS.sub(" ", customer.name), email=customer.email)
    rows = queries.messages(work.session, work.case_id, for_customer=False)
    written = {row.author_id for row in rows}
    staff = {one for one in (*written, work.viewer.person_id, work.case.assignee_id) if one}
    for name in people.names(work.session, staff - {customer.id}).values():
        yield Known(name=name)
    yield from introduced(row.body for row in rows)


def _said_by_customer(work: Work) -> Iterable[str]:
    rows = queries.messages(work.session, work.case_id, for_customer=True)
    return (row.body for row in rows if row.author_role is Role.CUSTOMER)
