"""The plan is pure: every outcome, and every standing, without a database."""

from itertools import product

import pytest

from ingestion.plan import Showing, Stored, Wanted, narrower, outcome, restores, showing
from ingestion.records import Outcome
from kb.access import Audience

OLD, NEW = "old", "new"


@pytest.mark.parametrize(
    ("wanted", "stored", "expected"),
    [
        (Wanted(NEW), None, Outcome.NEW),
        (Wanted(OLD), Stored(OLD), Outcome.UNCHANGED),
        (Wanted(NEW), Stored(OLD), Outcome.CHANGED),
        (Wanted(OLD), Stored(""), Outcome.CHANGED),
        (None, Stored(OLD), Outcome.GONE),
        (None, Stored(""), Outcome.UNCHANGED),
        (Wanted(OLD, publish=True), Stored(OLD), Outcome.CHANGED),
        (Wanted(OLD, publish=True), Stored(OLD, was_published=True), Outcome.UNCHANGED),
        (Wanted(OLD, publish=True, is_draft=True), Stored(OLD), Outcome.UNCHANGED),
        (Wanted(OLD, publish=True), Stored(OLD, is_archived=True), Outcome.UNCHANGED),
    ],
)
def test_the_outcome_of_a_document(wanted, stored, expected):
    assert outcome(wanted, stored) is expected


def test_nothing_against_nothing_is_nobodys_question():
    with pytest.raises(ValueError, match="neither"):
        outcome(None, None)


@pytest.mark.parametrize(
    ("wanted", "stored", "expected"),
    [
        (Wanted(NEW, publish=True), None, Showing.PUBLISH),
        (Wanted(NEW), None, Showing.KEEP),
        (Wanted(NEW, publish=True, is_draft=True), None, Showing.KEEP),
        (Wanted(NEW), Stored(OLD, was_published=True, is_published=True), Showing.PUBLISH),
        (Wanted(NEW, publish=True), Stored(OLD, was_published=True), Showing.KEEP),
        (Wanted(NEW), Stored("", was_published=True, is_withdrawn=True), Showing.PUBLISH),
        (
            Wanted(NEW, is_draft=True),
            Stored(OLD, was_published=True, is_published=True),
            Showing.UNPUBLISH,
        ),
    ],
)
def test_what_goes_on_show(wanted, stored, expected):
    assert showing(wanted, stored) is expected


def test_a_draft_is_never_published_whatever_else_holds():
    for flags in product([True, False], repeat=4):
        was, shown, archived, withdrawn = flags
        stored = Stored(OLD, was, was and shown, archived, withdrawn)
        assert showing(Wanted(NEW, publish=True, is_draft=True), stored) is not Showing.PUBLISH


def test_only_what_the_import_archived_comes_back():
    assert restores([Stored("", is_archived=True), Stored("", is_archived=True)])
    assert not restores([Stored(OLD, is_archived=True)])
    assert not restores([Stored("")])
    assert not restores([])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), Audience.STAFF),
        ((None, None), Audience.STAFF),
        ((Audience.PUBLIC, None), Audience.PUBLIC),
        ((None, Audience.PUBLIC), Audience.PUBLIC),
        ((Audience.PUBLIC, Audience.STAFF), Audience.STAFF),
        ((Audience.STAFF, Audience.PUBLIC), Audience.STAFF),
    ],
)
def test_the_narrowest_audience_wins(said, expected):
    assert narrower(*said) is expected
