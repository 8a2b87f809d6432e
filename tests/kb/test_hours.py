"""Opening hours: the walls' clock, both DST nights, holidays, midnight, and what can be chosen."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ways.holidays import Holiday, Holidays, easter, falls_on
from kb.ways.hours import Hours, Opening, Span, closes_at, is_open, next_opening, windows
from kb.ways.slots import Agenda, free_slots, slots

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
OFFICE = Hours(
    BERLIN,
    {day: (Opening(time(8), time(18)),) for day in range(5)},
    Holidays(
        frozenset({Holiday.CHRISTMAS, Holiday.EASTER_MONDAY}), frozenset({date(2026, 12, 24)})
    ),
)
NIGHTS = Hours(BERLIN, {day: (Opening(time(0), time(6)),) for day in range(7)})
ALWAYS = Hours(BERLIN, {day: (Opening(time(0), None),) for day in range(7)})
CLOCKS_FORWARD, CLOCKS_BACK = date(2027, 3, 28), date(2026, 10, 25)


def local(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=BERLIN, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        (local(2026, 11, 23, 7, 59), False),
        (local(2026, 11, 23, 8), True),
        (local(2026, 11, 23, 17, 59), True),
        (local(2026, 11, 23, 18), False),
        (local(2026, 11, 22, 12), False),  # Sunday
        (local(2026, 12, 24, 12), False),  # a date
        (local(2026, 12, 25, 12), False),  # a name
        (local(2027, 3, 29, 12), False),  # reckoned from Easter
    ],
)
def test_it_is_open_in_the_hours_and_never_on_a_holiday(moment, open_then):
    assert is_open(OFFICE, moment) is open_then


def test_hours_are_of_the_wall_in_summer_and_in_winter():
    assert next_opening(OFFICE, local(2026, 7, 1, 0)) == datetime(2026, 7, 1, 6, tzinfo=UTC)
    assert next_opening(OFFICE, local(2026, 12, 1, 0)) == datetime(2026, 12, 1, 7, tzinfo=UTC)


def test_the_next_opening_is_after_the_weekend_and_after_the_holidays():
    assert next_opening(OFFICE, local(2026, 11, 20, 19)) == local(2026, 11, 23, 8)
    assert next_opening(OFFICE, local(2026, 12, 23, 19)) == local(2026, 12, 28, 8)
    assert next_opening(Hours(BERLIN), local(2026, 12, 23, 19)) is None


def test_it_closes_in_the_evening_and_midnight_between_two_nights_is_no_end():
    assert closes_at(OFFICE, local(2026, 11, 23, 12)) == local(2026, 11, 23, 18)
    assert closes_at(OFFICE, local(2026, 11, 23, 20)) is None
    assert closes_at(ALWAYS, local(2026, 11, 23, 12)) is None
    late = Hours(BERLIN, {0: (Opening(time(22), None),), 1: (Opening(time(0), time(2)),)})
    assert closes_at(late, local(2026, 11, 23, 23)) == local(2026, 11, 24, 2)
    assert is_open(late, local(2026, 11, 24, 1))


def test_the_night_the_clocks_go_forward_has_an_hour_less():
    found = windows(NIGHTS, CLOCKS_FORWARD, HOUR)
    named = [span.starts_at.astimezone(BERLIN).hour for span in found]
    assert named == [0, 1, 3, 4, 5]
    assert all(span.ends_at - span.starts_at == HOUR for span in found)


def test_the_night_the_clocks_go_back_has_an_hour_more():
    found = windows(NIGHTS, CLOCKS_BACK, HOUR)
    named = [span.starts_at.astimezone(BERLIN).hour for span in found]
    assert named == [0, 1, 2, 2, 3, 4, 5]
    assert len({span.starts_at for span in found}) == 7


def test_who_opens_or_closes_at_a_time_that_is_not_there_or_comes_twice_is_open_in_between():
    odd = Hours(BERLIN, {6: (Opening(time(2, 30), time(4)),)})
    [span] = windows(odd, CLOCKS_FORWARD, timedelta(minutes=30))
    assert span.starts_at == local(2027, 3, 28, 3, 30)
    until = Hours(BERLIN, {6: (Opening(time(1), time(2, 30)),)})
    assert closes_at(until, local(2026, 10, 25, 1)) == local(2026, 10, 25, 2, 30, fold=1)
    assert is_open(until, local(2026, 10, 25, 2, 15, fold=1))


MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(
    moment=MOMENTS,
    minutes=st.sampled_from([15, 30, 45, 60, 120]),
)
def test_windows_never_overlap_and_are_open_throughout(moment, minutes):
    for hours in (OFFICE, NIGHTS, ALWAYS):
        length = timedelta(minutes=minutes)
        found = windows(hours, hours.day_of(moment), length)
        assert all(a.ends_at <= b.starts_at for a, b in pairwise(found))
        assert all(is_open(hours, each.starts_at) for each in found)
        assert all(is_open(hours, each.ends_at - timedelta(seconds=1)) for each in found)


@given(moment=MOMENTS)
def test_open_or_opens_next_but_never_both(moment):
    for hours in (OFFICE, NIGHTS):
        opens = next_opening(hours, moment)
        assert opens is not None
        assert is_open(hours, opens)
        closes = closes_at(hours, moment)
        assert (closes is not None) is is_open(hours, moment)
        if closes is not None:
            assert not is_open(hours, closes)


def test_easter_is_on_the_days_it_was():
    known = {2019: (4, 21), 2024: (3, 31), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known
    assert falls_on(Holiday.WHIT_MONDAY, 2026) == date(2026, 5, 25)
    assert falls_on(Holiday.ASCENSION, 2026) == date(2026, 5, 14)


AGENDA = Agenda(OFFICE, HOUR, capacity=2, lead=timedelta(hours=2), horizon=2)


def test_times_begin_after_the_shortest_notice_and_end_at_the_horizon():
    found = slots(AGENDA, local(2026, 11, 23, 14, 30))
    assert found[0].starts_at == local(2026, 11, 23, 17)
    assert found[-1].starts_at == local(2026, 11, 24, 17)
    assert len(found) == 11


def test_a_time_is_free_until_its_last_place_is_taken():
    now, nine = local(2026, 11, 23, 5), local(2026, 11, 23, 9)
    wanted = Span(nine, nine + HOUR)
    assert wanted in free_slots(AGENDA, now, [wanted])
    assert wanted not in free_slots(AGENDA, now, [wanted, wanted])
    beside = Span(nine - HOUR, nine)
    assert wanted in free_slots(AGENDA, now, [beside, beside])


def test_places_given_away_before_the_times_were_cut_anew_still_count():
    now, nine = local(2026, 11, 23, 5), local(2026, 11, 23, 9)
    long = Span(nine + HOUR / 2, nine + 2 * HOUR)
    assert Span(nine, nine + HOUR) not in free_slots(AGENDA, now, [long, long])
