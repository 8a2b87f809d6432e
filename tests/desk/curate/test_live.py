"""Answers in service, as the staff sees them."""

from desk import i18n
from kb import clock
from kb.access import Audience
from kb.db import transaction
from kb.questions.models import NoAnswerReason, Question, QuestionOutcome

T = i18n.words("de")
HERE = "/desk/curation/evaluations/live"


def test_shares_come_with_their_counts_and_nobody_but_the_staff_sees_them(
    eddi, anna, visitor, engine
):
    assert T("live.empty") in eddi.get(HERE).text
    with transaction(engine) as session:
        for outcome in (QuestionOutcome.SOLVED_ALONE, QuestionOutcome.NOT_YET):
            session.add(
                Question(text="CANARY", locale="de", audience=Audience.PUBLIC, outcome=outcome)
            )
        session.add(
            Question(
                text="CANARY",
                locale="de",
                audience=Audience.PUBLIC,
                reason=NoAnswerReason.NOT_SURE,
                asked_at=clock.now(),
            )
        )
    page = eddi.get(HERE).text
    assert T("live.of", yes="2", all="3") in page
    assert T("live.of", yes="1", all="2") in page
    assert "CANARY" not in page
    assert T("live.weeks") in anna.get(HERE).text
    assert T("live.weeks") not in visitor.get(HERE).text
