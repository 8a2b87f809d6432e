"""Meetings: the last place is given away once, and freed by who moves or cancels."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb import clock
from kb.access import ANYONE, Role, Viewer
from kb.cases import actions as cases
from kb.cases.models import Case
from kb.db import transaction
from kb.errors import MeetingOver, SlotTaken
from kb.people.models import Person
from kb.ways import actions, policy, queries
from kb.ways.actions import Agreed
from kb.ways.hours import Span
from kb.ways.models import Meeting, MeetingState, Place, Way, new_public_id
from tests.world import World

HOUR = timedelta(hours=1)
NOON = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
SLOT, LATER = Span(NOON, NOON + HOUR), Span(NOON + HOUR, NOON + 2 * HOUR)


def agree(session: Session, case: Case, span: Span = SLOT, *, capacity: int = 1) -> Meeting:
    public_id = new_public_id()
    actions.take(session, Way.APPOINTMENT, span, capacity=capacity, holder=public_id)
    return actions.agree(session, case, Agreed(Way.APPOINTMENT, span), public_id=public_id)


def places(session: Session) -> list[tuple[object, int]]:
    rows = session.exec(select(Place.starts_at, Place.number)).all()
    return sorted((starts_at, number) for starts_at, number in rows)


def test_as_many_as_there_are_places_and_no_more(world: World, engine: Engine):
    with transaction(engine) as session:
        agree(session, world.kims_case, capacity=2)
        agree(session, world.olafs_case, capacity=2)
        with pytest.raises(SlotTaken):
            agree(session, world.kims_case, capacity=2)
        assert places(session) == [(NOON, 1), (NOON, 2)]
        other = actions.take(session, Way.CALLBACK, SLOT, capacity=1, holder="x")
        assert other is None
        assert queries.taken(session, Way.APPOINTMENT, since=clock.now()) == [SLOT, SLOT]


def test_of_many_who_want_the_last_place_at_once_one_gets_it(world: World, engine: Engine):
    crowd = 6
    start = Barrier(crowd)

    def want(number: int) -> bool:
        start.wait()
        try:
            with transaction(engine) as session:
                agree(session, session.get_one(Case, world.kims_case.id), capacity=2)
        except SlotTaken:
            return False
        return number >= 0

    with ThreadPoolExecutor(crowd) as threads:
        got = list(threads.map(want, range(crowd)))
    assert sum(got) == 2
    with Session(engine) as session:
        assert len(session.exec(select(Meeting)).all()) == 2
        assert places(session) == [(NOON, 1), (NOON, 2)]


def test_who_rolls_back_leaves_the_place_to_others(world: World, engine: Engine):
    with pytest.raises(RuntimeError), transaction(engine) as session:
        agree(session, world.kims_case)
        raise RuntimeError
    with transaction(engine) as session:
        assert agree(session, world.olafs_case).state is MeetingState.AGREED


def test_moving_takes_the_new_place_before_it_leaves_the_old_one(world: World, engine: Engine):
    with transaction(engine) as session:
        kims, olafs = agree(session, world.kims_case), agree(session, world.olafs_case, LATER)
        with pytest.raises(SlotTaken):
            actions.move(session, kims, LATER, capacity=1)
        assert (kims.starts_at, kims.version) == (NOON, 1)
        assert places(session) == [(NOON, 1), (LATER.starts_at, 1)]
        actions.confirm(session, olafs)
        actions.cancel(session, olafs)
        actions.cancel(session, olafs)
        actions.confirm(session, kims)
        actions.move(session, kims, LATER, capacity=1)
        assert (kims.starts_at, kims.version, kims.confirmed_at) == (LATER.starts_at, 2, None)
        assert places(session) == [(LATER.starts_at, 1)]
        with pytest.raises(MeetingOver):
            actions.move(session, olafs, SLOT, capacity=1)


def test_moving_to_the_same_time_changes_nothing(world: World, engine: Engine):
    with transaction(engine) as session:
        meeting = agree(session, world.kims_case)
        actions.move(session, meeting, SLOT, capacity=1)
        assert meeting.version == 1


def test_what_has_begun_is_neither_moved_nor_cancelled(world: World, engine: Engine):
    past = Span(clock.now() - HOUR, clock.now())
    with transaction(engine) as session:
        meeting = agree(session, world.kims_case, past)
        for change in (actions.cancel, actions.confirm):
            with pytest.raises(MeetingOver):
                change(session, meeting)
        actions.decide(session, meeting, MeetingState.MISSED, by=world.ada.id)
        actions.decide(session, meeting, MeetingState.MISSED, by=world.edda.id)
        assert (meeting.state, meeting.decided_by) == (MeetingState.MISSED, world.ada.id)
        with pytest.raises(MeetingOver):
            actions.decide(session, meeting, MeetingState.DONE, by=world.ada.id)


def test_the_day_shows_what_is_agreed_to_staff_only(world: World, engine: Engine):
    with transaction(engine) as session:
        kims, olafs = agree(session, world.kims_case), agree(session, world.olafs_case, LATER)
        actions.cancel(session, olafs)
        day = (NOON - HOUR, NOON + 3 * HOUR)
        [(found, case, customer)] = queries.between(session, world.ada.viewer, *day)
        assert (found.id, case.id, customer.name) == (kims.id, world.kims_case.id, "Kim Kundt")
        assert queries.between(session, ANYONE, *day) == []
        assert queries.between(session, Viewer(Role.CUSTOMER, world.kim.id), *day) == []


def test_the_usual_wait_is_the_median_and_unknown_below_ten(world: World, engine: Engine):
    now = clock.now()
    with transaction(engine) as session:
        already = 1  # Ada's answer to Kim
        for number in range(policy.FEWEST_REPLIES - 1 - already):
            answered(session, world, hours=number + 1, now=now)
    with Session(engine) as session:
        assert queries.usual_wait(session, now=now) is None
    with transaction(engine) as session:
        for number in range(8, 31):
            answered(session, world, hours=number + 1, now=now)
    with Session(engine) as session:
        wait = queries.usual_wait(session, now=now)
        assert wait is not None
        assert timedelta(hours=14) < wait < timedelta(hours=17)
        assert queries.usual_wait(session, now=now + timedelta(days=60)) is None


def answered(session: Session, world: World, *, hours: int, now) -> None:
    case = cases.open_case(
        session,
        customer=session.get_one(Person, world.kim.id),
        subject="S",
        body="B",
        locale="de",
    )
    case.created_at = now - timedelta(days=3)
    said = cases.say(session, case, author=world.ada.viewer, body="Note", internal=True)
    said.written_at = case.created_at
    said = cases.say(session, case, author=world.ada.viewer, body="Antwort")
    said.written_at = case.created_at + timedelta(hours=hours)
    late = cases.say(session, case, author=world.ada.viewer, body="Und noch etwas")
    late.written_at = case.created_at + timedelta(hours=hours + 20)


def test_the_order_puts_what_is_open_first_and_for_the_distressed_a_voice():
    def line(*, voice_first: bool, closed: set[Way] = frozenset()) -> list[Way]:
        return sorted(
            Way,
            key=lambda way: policy.place_in_line(
                way, is_open=way not in closed, voice_first=voice_first
            ),
        )

    assert line(voice_first=False)[0] is Way.MESSAGE
    assert line(voice_first=True)[0] is Way.CALL
    assert line(voice_first=True, closed={Way.CALL})[0] is Way.CALLBACK
    assert line(voice_first=True, closed={Way.CALL})[-1] is Way.CALL


def test_a_reminder_comes_a_day_before_or_two_hours_or_not_at_all():
    now = clock.now()
    assert policy.remind_at(now + timedelta(days=3), now=now) == now + timedelta(days=2)
    assert policy.remind_at(now + timedelta(hours=20), now=now) == now + timedelta(hours=18)
    assert policy.remind_at(now + timedelta(hours=2), now=now) is None
