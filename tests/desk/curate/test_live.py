"""Answers in service, as the staff sees them."""

from datetime import timedelta

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


def test_what_moved_by_more_than_chance_is_work_for_today(eddi, engine):
    with transaction(engine) as session:
        for ago, answered in ((10, 60), (2, 20)):
            for number in range(60):
                session.add(
                    Question(
                        text="CANARY",
                        locale="de",
                        audience=Audience.PUBLIC,
                        reason=None if number < answered else NoAnswerReason.NOT_SURE,
                        asked_at=clock.now() - timedelta(days=ago),
                    )
                )
    page = eddi.get("/desk/curation/today").text
    assert T("today.kind.drift") in page
    assert T("today.title.drift.answered") in page
    assert T("today.detail.drift", before="100", lately="33") in page
    assert f'href="{HERE}"' in page
    assert T("today.title.drift.language") not in page
