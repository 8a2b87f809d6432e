"""The summary of a case as it is shown: what holds, and only until somebody writes again."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.assist.worded_views import Mark, SummarySentence, SummaryView
from desk.assist.work import Work
from desk.generating import has_model
from kb.cases import queries
from kb.cases.models import Message
from kb.generation import queries as generation
from kb.generation.models import GeneratedText, GenerationState, Purpose
from kb.text import digest

_WORTH_IT = 400
"""Letters of messages from which on a summary is shorter than they are."""
_MOST = 16


@dataclass(frozen=True)
class Messages:
    """What was said to and by the customer, and a digest of it."""

    rows: Sequence[Message]
    basis: str


def messages_of(work: Work) -> Messages:
    """Return the first message and the newest ones; notes of the staff are none."""
    said = queries.messages(work.session, work.case_id, for_customer=False)
    rows = [row for row in said if not row.is_internal]
    basis = digest(*(f"{row.id}:{row.body}" for row in rows))[:16]
    return Messages([*rows[:1], *rows[1:][-(_MOST - 1) :]], basis)


def summary_of(work: Work, made: GeneratedText | None = None) -> SummaryView:
    """Return the summary there is, or the offer to have one made.

    Args:
        work: the case.
        made: what came of asking just now, where it was not kept.
    """
    said = messages_of(work)
    kept = generation.texts_of_case(work.session, work.case_id, Purpose.CASE_SUMMARY)
    newest = next((one for one in kept if one.basis == said.basis), made)
    if newest is not None and newest.kept:
        return SummaryView(work.case_id, newest.locale, _sentences(work, newest))
    is_long = sum(len(row.body) for row in said.rows) >= _WORTH_IT
    can_ask = is_long and has_model(work.retrieval)
    return SummaryView(
        case_id=work.case_id,
        locale=work.case.locale,
        may_ask=can_ask and (newest is None or newest.state in _AGAIN),
        trouble=_trouble(newest) if newest is not None else "",
    )


_AGAIN = frozenset({GenerationState.NOTHING_SAID, GenerationState.NOT_ASKED})
"""The others would end in the same way again."""


def _sentences(work: Work, made: GeneratedText) -> list[SummarySentence]:
    places = {one["number"]: one["section"] for one in made.sources}
    return [
        SummarySentence(
            one["text"],
            [
                Mark(number, f"{work.url}#message-{places[number]}")
                for number in one["numbers"]
                if number in places
            ],
        )
        for one in made.kept
    ]


def _trouble(made: GeneratedText) -> str:
    if made.state is GenerationState.NOT_ASKED:
        return f"drafted.trouble.{made.trouble.replace(' ', '_')}"
    is_silent = made.state is GenerationState.NOTHING_SAID
    return f"drafted.summary.{'silent' if is_silent else 'nothing'}"
