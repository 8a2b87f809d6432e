"""Languages: negotiation, plurals, dates, numbers."""

from datetime import UTC, datetime

import pytest

from desk import i18n

MOMENT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("fr,de;q=0.5,en;q=0.4", "de"),
        ("fr", "de"),
        ("", "de"),
        ("en;q=abc,de;q=0.1", "de"),
        ("en;q=99", "en"),
        ("en;q=0", "de"),
        (";;;,,,q=", "de"),
        ("e" * 100_000, "de"),
    ],
)
def test_the_browsers_favourite_of_ours_is_taken(accepted, locale):
    assert i18n.negotiate(accepted, "de") == locale


def test_dates_are_written_out_in_local_time():
    assert i18n.words("de").date(MOMENT) == "23. November 2026"
    assert i18n.words("en").moment(MOMENT) == "23 November 2026, 00:30"


def test_numbers_follow_the_language():
    assert i18n.words("de").number(1234567) == "1.234.567"
    assert i18n.words("en").number(1234567) == "1,234,567"
    assert i18n.words("de").percent(0.256) == "26 %"


def test_one_and_many():
    words = i18n.words("en")
    assert words("start.articles", count=1) == "1 article"
    assert words("start.articles", count=0) == "0 articles"


def test_a_missing_key_is_a_bug():
    with pytest.raises(KeyError):
        i18n.words("en")("nothing.like.this")
