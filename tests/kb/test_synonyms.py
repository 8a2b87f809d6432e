"""Synonyms are kept by language; what changes stays on record, with who and when."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from kb.db import stored_id, transaction
from kb.errors import InvalidInput, NotFound, StaleRevision
from kb.people.models import Person
from kb.synonyms import actions, policy, queries
from tests.world import World


def added(engine: Engine, *words: str, locale: str = "de") -> int:
    with transaction(engine) as session:
        return stored_id(actions.add_group(session, locale=locale, words=words).id)


def words(engine: Engine, locale: str = "de") -> tuple[tuple[str, ...], ...]:
    with Session(engine) as session:
        return queries.by_locale(session).get(locale, ())


def test_a_group_is_kept_in_its_language(engine: Engine):
    added(engine, "Rechnung", "Faktura", "Abrechnung")
    added(engine, "bill", "invoice", locale="en")
    assert words(engine) == (("Rechnung", "Faktura", "Abrechnung"),)
    assert words(engine, "en") == (("bill", "invoice"),)


def test_every_change_stays_on_record_with_who_made_it(engine: Engine, world: World):
    with Session(engine) as session:
        editor = session.exec(Person.__table__.select()).first()  # type: ignore[attr-defined]
    assert editor is not None
    group = added(engine, "Rechnung", "Faktura")
    with transaction(engine) as session:
        actions.change_group(session, group, ["Rechnung", "Beleg"], author_id=editor.id)
    with transaction(engine) as session:
        actions.remove_group(session, group)
    with Session(engine) as session:
        told = queries.history(session, group)
        assert [(one.number, one.words, one.author_id) for one in told] == [
            (3, [], None),
            (2, ["Rechnung", "Beleg"], editor.id),
            (1, ["Rechnung", "Faktura"], None),
        ]
        assert told[0].created_at >= told[1].created_at
    del world


def test_a_removed_group_is_not_asked_for_and_can_come_back(engine: Engine):
    group = added(engine, "Rechnung", "Faktura")
    with transaction(engine) as session:
        actions.remove_group(session, group)
    assert words(engine) == ()
    with transaction(engine) as session:
        actions.change_group(session, group, ["Rechnung", "Beleg"])
    assert words(engine) == (("Rechnung", "Beleg"),)


def test_who_changes_what_somebody_else_changed_since_is_told(engine: Engine):
    group = added(engine, "Rechnung", "Faktura")
    with transaction(engine) as session:
        actions.change_group(session, group, ["Rechnung", "Beleg"], expected_version=1)
    with pytest.raises(StaleRevision), transaction(engine) as session:
        actions.change_group(session, group, ["Rechnung", "Bon"], expected_version=1)
    assert words(engine) == (("Rechnung", "Beleg"),)


@pytest.mark.parametrize("said", [[], ["Rechnung"], ["Rechnung", " rechnung "], ["a", "", "\x00"]])
def test_one_word_alone_is_no_group(engine: Engine, said: list[str]):
    with pytest.raises(InvalidInput), transaction(engine) as session:
        actions.add_group(session, locale="de", words=said)
    assert words(engine) == ()


def test_a_group_has_an_end(engine: Engine):
    with pytest.raises(InvalidInput), transaction(engine) as session:
        actions.add_group(session, locale="de", words=[f"w{n}" for n in range(policy.MOST + 1)])


def test_there_are_no_groups_in_other_languages(engine: Engine):
    with pytest.raises(InvalidInput), transaction(engine) as session:
        actions.add_group(session, locale="fr", words=["facture", "note"])


def test_what_is_not_there_cannot_be_changed(engine: Engine):
    with pytest.raises(NotFound), transaction(engine) as session:
        actions.change_group(session, 4711, ["a", "b"])
    with pytest.raises(NotFound), transaction(engine) as session:
        actions.remove_group(session, 4711)
