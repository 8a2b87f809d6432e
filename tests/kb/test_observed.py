"""What is told of answers in service: shares with ranges, and what moved by more than chance."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from kb import clock
from kb.access import Audience
from kb.curation import observed
from kb.curation.observed import Kind, Seen, Sign
from kb.db import transaction
from kb.generation.models import GeneratedAnswer, GenerationState
from kb.questions.models import NoAnswerReason, Question, QuestionOutcome

SOLVED = QuestionOutcome.SOLVED_ALONE


def asked(
    count: int, *, days: float, answered: float = 1.0, locale: str = "de", sure: float = 0.9
) -> list[Seen]:
    """Return questions of a day, so many of them answered, and all of those solved."""
    moment = clock.now() - timedelta(days=days)
    yes = round(count * answered)
    return [
        Seen(moment, locale, at < yes, SOLVED if at < yes else None, sure + at / 10_000, False, "")
        for at in range(count)
    ]


def test_what_was_asked_is_counted_with_what_became_of_it(engine: Engine):
    old = clock.now() - timedelta(weeks=9)
    told = [
        Question(text="a", locale="de", outcome=SOLVED),
        Question(text="b", locale="de", outcome=QuestionOutcome.NOT_YET),
        Question(text="c", locale="en", reason=NoAnswerReason.NOT_SURE),
        Question(text="d", locale="en", outcome=QuestionOutcome.HANDED_OVER),
        Question(text="", locale="en", reason=NoAnswerReason.EMPTY),
        Question(text="e", locale="de", asked_at=old),
        Question(text="f", locale="de", audience=Audience.STAFF),
    ]
    with transaction(engine) as session:
        for one in told:
            one.audience = one.audience or Audience.PUBLIC
            session.add(one)
        session.flush()
        made = GeneratedAnswer(
            question_id=told[0].id, state=GenerationState.SHOWN, prompt="answer.1"
        )
        session.add(made)
        session.flush()
        found = observed.seen(session)
        whole = observed.counted(found)
        assert (whole.asked, whole.answered.yes, whole.handed_over) == (4, 3, 1)
        assert (whole.solved.yes, whole.solved.all) == (1, 3)
        assert 0 < whole.solved.low < 1 / 3 < whole.solved.high < 1
        assert [(name, one.asked) for name, one in observed.by_language(found)] == [
            ("de", 2),
            ("en", 2),
        ]
        kinds = [(kind, prompt, one.asked) for kind, prompt, one in observed.by_kind(found)]
        assert kinds == [(Kind.QUOTED, "", 2), (Kind.WORDED, "answer.1", 1)]
        assert [one.asked for _, one in observed.by_week(found)] == [0] * 7 + [4]


def test_weeks_do_not_overlap():
    found = asked(3, days=1) + asked(2, days=8) + asked(1, days=15)
    assert [one.asked for _, one in observed.by_week(found)][-3:] == [1, 2, 3]


@pytest.mark.parametrize(
    ("lately", "signs"),
    [
        (asked(100, days=1, answered=0.8), set()),
        (asked(100, days=1, answered=0.75), set()),
        (asked(100, days=1, answered=0.4), {Sign.ANSWERED}),
        (asked(100, days=1, answered=0.8, locale="en"), {Sign.LANGUAGE}),
        (asked(100, days=1, answered=0.8, sure=0.3), {Sign.CONFIDENCE}),
        (asked(40, days=1, answered=0.0), set()),
        ([], set()),
    ],
)
def test_only_what_moved_by_more_than_chance_is_told(lately, signs):
    before = asked(400, days=14, answered=0.8)
    spread = [one._replace(confidence=0.7 + at / 1_000) for at, one in enumerate(before)]
    calm = [one._replace(confidence=0.7 + 4 * at / 1_000) for at, one in enumerate(lately)]
    now = lately if Sign.CONFIDENCE in signs else calm
    assert {one.sign for one in observed.drifts([*now, *spread])} == signs
