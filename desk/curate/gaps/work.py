"""Gaps and waiting customers as tasks of today."""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from desk.curate.gaps.safe import safe
from kb.curation.effect import contact_share
from kb.curation.tasks import Task, TaskKind, a_month, evidence_of
from kb.gaps import evidence, queries
from kb.gaps.models import Evidence, Gap, GapItem, GapState
from kb.gaps.policy import WINDOW
from kb.gaps.queries import Listed
from kb.questions import queries as questions

HERE = "/desk/curation/gaps"
_MOST = 200


def gaps(session: Session) -> Iterator[Task]:
    """Yield the gaps nobody has seen to: several asked it, or somebody waits."""
    listed = [one for one in queries.listed(session, GapState.OPEN) if _speaks(one)][:_MOST]
    titles = titles_of(session, [one.gap for one in listed])
    numbers = _numbers(session)
    for one in listed:
        gap = one.gap
        worth = one.worth
        yield Task(
            kind=TaskKind.GAP,
            subject=gap.public_id,
            title_words={"title": titles.get(gap.id or 0, ""), "locale": one.locales[0]},
            url=f"{HERE}/{gap.public_id}",
            weight=worth.contacts,
            evidence=evidence_of(numbers.get(gap.id or 0, ())),
            since=one.first_at,
            arithmetic={
                "questions": worth.questions,
                "cases": worth.cases,
                "share": worth.share,
                "waiting": one.waiting,
                "unhelpful": worth.unhelpful,
            },
        )


def waiting(session: Session) -> Iterator[Task]:
    """Yield questions whose askers wait while no open gap holds them."""
    held = set(
        session.exec(
            select(GapItem.ref_id)
            .join(Gap, col(Gap.id) == col(GapItem.gap_id))
            .where(
                GapItem.kind == Evidence.QUESTION,
                col(Gap.state).in_((GapState.OPEN, GapState.PLANNED)),
            )
        ).all()
    )
    rows = [(wish, asked) for wish, asked in questions.waiting(session) if asked.id not in held]
    people = Counter((asked.locale, asked.wording) for _, asked in rows)
    share, shown = contact_share(session), set()
    for wish, asked in rows:
        key = (asked.locale, asked.wording)
        if key in shown:
            continue
        shown.add(key)
        yield Task(
            kind=TaskKind.WAITING,
            subject=asked.public_id,
            title_words={"title": safe(asked.text, asked.locale), "locale": asked.locale},
            url="/desk/curation/waiting",
            weight=a_month(people[key] * share, days=WINDOW.days),
            evidence=evidence_of([asked.public_id, people[key]]),
            since=wish.created_at,
            arithmetic={"waiting": people[key], "share": share},
        )


def titles_of(session: Session, gaps: Iterable[Gap]) -> dict[int, str]:
    """Return what each gap is called: the words, redacted, that speak best for the others."""
    by_sample = {gap.sample_id: gap.id or 0 for gap in gaps}
    samples = session.exec(select(GapItem).where(col(GapItem.id).in_(by_sample))).all()
    words = evidence.words_of(session, samples)
    return {
        by_sample[item.id]: safe(words.get((item.kind, item.ref_id), ""), item.locale)
        for item in samples
    }


def _speaks(one: Listed) -> bool:
    return one.items > 1 or one.waiting > 0


def _numbers(session: Session) -> dict[int, list[int | None]]:
    found: dict[int, list[int | None]] = {}
    for number, gap_id in session.exec(select(GapItem.id, GapItem.gap_id)).all():
        found.setdefault(gap_id, []).append(number)
    return found
