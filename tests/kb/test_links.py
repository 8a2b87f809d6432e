"""Private links: for one purpose, once, for a while; and nothing in the database opens them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb import clock
from kb.access import Role
from kb.db import transaction
from kb.errors import LinkSpent
from kb.links import actions as links
from kb.links.models import Link, Purpose
from kb.people import actions as people
from kb.people import queries
from kb.people.models import SignIn
from tests.world import World

KIM = "kim@example.org"
SOON = timedelta(minutes=15)


def issue(engine: Engine, *, purpose: Purpose = Purpose.SIGN_IN, email: str = KIM) -> str:
    with transaction(engine) as session:
        return links.issue(session, purpose, subject_id=7, email=email, lasts=SOON)


def redeem(engine: Engine, token: str, purpose: Purpose = Purpose.SIGN_IN) -> Link:
    with transaction(engine) as session:
        return links.redeem(session, purpose, token)


def opens(engine: Engine, token: str, purpose: Purpose = Purpose.SIGN_IN) -> bool:
    with Session(engine) as session:
        return links.look(session, purpose, token) is not None


def test_a_link_is_redeemed_once(engine: Engine):
    token = issue(engine)
    assert (redeem(engine, token).subject_id, redeem_fails(engine, token)) == (7, True)
    assert not opens(engine, token)


def redeem_fails(engine: Engine, token: str, purpose: Purpose = Purpose.SIGN_IN) -> bool:
    with pytest.raises(LinkSpent):
        redeem(engine, token, purpose)
    return True


def test_looking_changes_nothing_however_often_a_scanner_does(engine: Engine):
    token = issue(engine)
    assert all(opens(engine, token) for _ in range(10))
    assert redeem(engine, token).email == KIM


def test_a_link_opens_nothing_but_what_it_is_for(engine: Engine):
    token = issue(engine)
    for purpose in set(Purpose) - {Purpose.SIGN_IN}:
        assert not opens(engine, token, purpose)
        assert redeem_fails(engine, token, purpose)
    assert opens(engine, token)


def test_a_link_expires(engine: Engine):
    token = issue(engine)
    with transaction(engine) as session:
        session.exec(select(Link)).one().expires_at = clock.now() - timedelta(seconds=1)
    assert not opens(engine, token)
    assert redeem_fails(engine, token)


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "\x00", "ü", "\ud800"])
def test_a_made_up_token_opens_nothing_and_breaks_nothing(engine: Engine, token: str):
    assert not opens(engine, token)
    assert redeem_fails(engine, token)


def test_what_is_stored_opens_nothing(engine: Engine):
    token = issue(engine)
    with Session(engine) as session:
        stored = session.exec(select(Link)).one()
    assert token not in str(vars(stored))
    assert not opens(engine, stored.token_hash)
    assert len(token) >= 43  # 256 random bits


def test_of_many_who_redeem_at_the_same_moment_one_succeeds(engine: Engine):
    token = issue(engine)

    def attempt(_: int) -> bool:
        try:
            redeem(engine, token)
        except LinkSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(16))) == 1


def test_links_to_an_address_are_revoked_and_those_to_others_are_not(engine: Engine):
    mine, yours = issue(engine), issue(engine, email="olaf@example.org")
    confirming = issue(engine, purpose=Purpose.CONFIRM_CASE_MAIL)
    with transaction(engine) as session:
        assert links.revoke(session, email="Kim@Example.org", purpose=Purpose.SIGN_IN) == 1
    assert (opens(engine, mine), opens(engine, yours)) == (False, True)
    assert opens(engine, confirming, Purpose.CONFIRM_CASE_MAIL)


def test_another_role_ends_sign_ins_and_links(engine: Engine, world: World):
    token = issue(engine, email=world.kim.email)
    with transaction(engine) as session:
        opened = people.sign_in_by_mail(session, address=world.kim.email, locale="de", days=14)
        assert queries.signed_in(session, opened.token) is not None
        people.change_role(session, opened.person, Role.AGENT)
        session.flush()
        assert queries.signed_in(session, opened.token) is None
    assert not opens(engine, token)


def test_another_address_ends_sign_ins_and_links(engine: Engine, world: World):
    token = issue(engine, email=world.kim.email)
    with transaction(engine) as session:
        opened = people.sign_in_by_mail(session, address=world.kim.email, locale="de", days=14)
        people.change_address(session, opened.person, "New@example.org")
        session.flush()
        assert queries.signed_in(session, opened.token) is None
        assert opened.person.email == "new@example.org"
    assert not opens(engine, token)


def test_a_sign_in_by_mail_is_worth_nothing_for_another_address_or_role(
    engine: Engine, world: World
):
    with transaction(engine) as session:
        opened = people.sign_in_by_mail(session, address=world.kim.email, locale="de", days=14)
        session.flush()
        opened.person.email = "other@example.org"  # changed past the action, even so
        session.flush()
        assert queries.signed_in(session, opened.token) is None
        opened.person.email, opened.person.role = world.kim.email, Role.ADMIN
        session.flush()
        assert queries.signed_in(session, opened.token) is None


def test_who_works_here_is_never_signed_in_by_mail(engine: Engine, world: World):
    for worker in (world.ada, world.edda, world.root, world.mal):
        with transaction(engine) as session:
            opened = people.sign_in_by_mail(session, address=worker.email, locale="de", days=14)
            session.flush()
            found = queries.signed_in(session, opened.token)
            assert found is not None
            assert (found.id == worker.id, found.role) == (False, Role.CUSTOMER)


def test_every_sign_in_by_mail_has_a_token_of_its_own(engine: Engine, world: World):
    with transaction(engine) as session:
        tokens = {
            people.sign_in_by_mail(session, address=world.kim.email, locale="de", days=1).token
            for _ in range(3)
        }
        session.flush()
        assert len(tokens) == 3
        assert not tokens & set(session.exec(select(SignIn.token_hash)).all())


def test_expired_links_are_swept_away_in_time(engine: Engine):
    issue(engine)
    with transaction(engine) as session:
        session.exec(select(Link)).one().expires_at = clock.now() - timedelta(days=31)
    issue(engine)
    with Session(engine) as session:
        assert len(session.exec(select(Link)).all()) == 1
