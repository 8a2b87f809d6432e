"""What the customer of a case has told and done, read once for all the sidebar shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desk.assist.work import Work
from kb.access import Role
from kb.cases import queries
from kb.cases.models import Message, Trail, TrailKind
from retrieval.situation import Situation, Utterance, situation

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Told:
    """Messages and trail of a case, and what they come to."""

    text: str
    """All the customer has written."""
    situation: Situation
    trail: Sequence[Trail]
    read: frozenset[int]
    """Articles they had read before."""
    done: frozenset[int]
    """Articles all of whose steps they had ticked."""


def told(work: Work) -> Told:
    """Return what there is."""
    said = queries.messages(work.session, work.case_id, for_customer=False)
    rows = [row for row in said if not row.is_internal]  # a reply that is on its way is one, too
    trail = queries.trail(work.session, work.case_id)
    subject = work.case.subject
    return Told(
        text="\n".join([subject, *(row.body for row in rows if _is_customers(row))]),
        situation=situation(subject, [Utterance(_is_customers(row), row.body) for row in rows]),
        trail=trail,
        read=frozenset(one.article_id for one in trail if one.article_id),
        done=frozenset(one.article_id for one in trail if one.article_id and _is_done(one)),
    )


def _is_customers(row: Message) -> bool:
    return row.author_role is Role.CUSTOMER


def _is_done(step: Trail) -> bool:
    """Say whether the last two numbers, how many steps of how many, are the same."""
    numbers = _NUMBER.findall(step.text)[-2:]
    return step.kind is TrailKind.TICKED and len(numbers) > 1 and numbers[0] == numbers[1]
