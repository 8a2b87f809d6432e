"""Who gets in, with what, for how long, and how little the others learn."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from kb import clock
from kb.access import Role
from kb.db import stored_id, transaction
from kb.errors import InvalidInput, WrongCredentials
from kb.people import actions, policy, queries
from kb.people.models import Person, SignIn
from tests.world import PASSWORD, World


def signed_in_as_ada(engine: Engine) -> str:
    with transaction(engine) as session:
        return actions.sign_in(session, login="ada", password=PASSWORD, days=14).token


def who(engine: Engine, token: str) -> str | None:
    with Session(engine) as session:
        person = queries.signed_in(session, token)
        return person.name if person else None


def test_ada_is_known_by_her_token(engine: Engine, world: World):
    assert who(engine, signed_in_as_ada(engine)) == world.ada.name


def test_capitals_and_spaces_in_a_login_do_not_matter(engine: Engine, world: World):
    with transaction(engine) as session:
        found = actions.sign_in(session, login=" ADA ", password=PASSWORD, days=1)
    assert found.person.id == world.ada.id


@pytest.mark.usefixtures("world")
def test_the_token_is_long_random_and_hashed_at_rest(engine: Engine):
    token = signed_in_as_ada(engine)
    assert len(token) >= 43  # 256 bits
    with Session(engine) as session:
        stored = session.exec(select(SignIn)).one()
    assert stored.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in stored.model_dump_json()


@pytest.mark.usefixtures("world")
def test_every_sign_in_has_a_token_of_its_own(engine: Engine):
    phone, laptop = signed_in_as_ada(engine), signed_in_as_ada(engine)
    assert phone != laptop
    with transaction(engine) as session:
        actions.sign_out(session, phone)
    assert who(engine, phone) is None
    assert who(engine, laptop) is not None


@pytest.mark.usefixtures("world")
def test_signing_out_twice_or_with_nonsense_is_no_error(engine: Engine):
    token = signed_in_as_ada(engine)
    for tried in (token, token, "nonsense", ""):
        with transaction(engine) as session:
            actions.sign_out(session, tried)
    assert who(engine, token) is None


@pytest.mark.usefixtures("world")
def test_an_expired_sign_in_is_over(engine: Engine):
    token = signed_in_as_ada(engine)
    with transaction(engine) as session:
        session.exec(select(SignIn)).one().expires_at = clock.now() - timedelta(seconds=1)
    assert who(engine, token) is None


def test_a_sign_in_is_over_at_the_very_moment_it_expires():
    now = clock.now()
    sign_in = SignIn(token_hash="", person_id=1, expires_at=now)
    assert not policy.is_live(sign_in, at=now)
    assert policy.is_live(sign_in, at=now - timedelta(microseconds=1))


def test_a_deactivated_person_is_out_at_once(engine: Engine, world: World):
    token = signed_in_as_ada(engine)
    with transaction(engine) as session:
        session.get_one(Person, stored_id(world.ada.id)).is_active = False
    assert who(engine, token) is None


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("token", ["", "nonsense", "a" * 43, "\x00", "ü", "' OR 1=1 --"])
def test_a_made_up_token_is_nobodys(engine: Engine, token: str):
    signed_in_as_ada(engine)
    assert who(engine, token) is None


def test_the_stored_hash_is_no_token(engine: Engine, world: World):
    assert world.ada.id
    signed_in_as_ada(engine)
    with Session(engine) as session:
        stored = session.exec(select(SignIn)).one().token_hash
    assert who(engine, stored) is None


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("ada", "not the right one"),
        ("ada", ""),
        ("ada", PASSWORD + "x" * 300),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("", ""),
        ("mal", PASSWORD),  # right, but deactivated
        ("kim", PASSWORD),  # customers have no login
        ("kim@example.org", ""),
    ],
)
def test_every_failed_sign_in_is_told_alike(engine: Engine, login: str, password: str):
    with pytest.raises(WrongCredentials) as told, transaction(engine) as session:
        actions.sign_in(session, login=login, password=password, days=14)
    assert told.value.details == {}
    with Session(engine) as session:
        assert session.exec(select(SignIn)).all() == []


def test_an_unknown_login_costs_the_same_work(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
):
    checked: list[str] = []
    real = actions._matches  # noqa: SLF001
    monkeypatch.setattr(
        actions, "_matches", lambda stored, word: checked.append(stored) or real(stored, word)
    )
    for login in ("nobody", "mal", "ada"):
        with pytest.raises(WrongCredentials), transaction(engine) as session:
            actions.sign_in(session, login=login, password="wrong", days=14)  # noqa: S106
    assert len(checked) == 3
    assert checked[0] == checked[1] != world.mal.password_hash
    assert all(stored.startswith("$argon2id$") for stored in checked)


@pytest.mark.usefixtures("world")
def test_a_new_password_ends_every_sign_in(engine: Engine):
    tokens = [signed_in_as_ada(engine) for _ in range(2)]
    with transaction(engine) as session:
        ada = queries.by_login(session, "ada")
        assert ada is not None
        actions.set_password(session, ada, "another good password")
    assert [who(engine, token) for token in tokens] == [None, None]
    with pytest.raises(WrongCredentials), transaction(engine) as session:
        actions.sign_in(session, login="ada", password=PASSWORD, days=14)


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 201])
def test_a_password_too_short_or_too_long_is_refused(engine: Engine, password: str):
    with pytest.raises(InvalidInput) as told, transaction(engine) as session:
        actions.add_person(session, name="N", login="n", role=Role.AGENT, password=password)
    assert told.value.details == {"field": "password"}


def test_a_login_is_given_once_however_it_is_spelled(engine: Engine, world: World):
    with pytest.raises(InvalidInput) as told, transaction(engine) as session:
        actions.add_person(
            session, name="Ada II", login=" aDa", role=Role.ADMIN, password=PASSWORD
        )
    assert told.value.details == {"field": "login"}
    with Session(engine) as session:
        assert [person.name for person in queries.staff(session)] == [
            world.ada.name,
            world.edda.name,
            world.root.name,
        ]


def test_a_password_is_stored_as_an_argon2_hash(engine: Engine):
    with transaction(engine) as session:
        person = actions.add_person(
            session, name="Nora", login="nora@example.org", role=Role.AGENT, password=PASSWORD
        )
    assert person.password_hash.startswith("$argon2id$")
    assert PASSWORD not in person.model_dump_json()
    assert person.email == "nora@example.org"
    with transaction(engine) as session:
        assert actions.sign_in(session, login="nora@example.org", password=PASSWORD, days=1).token


def test_a_customer_who_writes_again_is_the_same_person(engine: Engine, world: World):
    with transaction(engine) as session:
        again = actions.customer(
            session, name=" Kim   Kundt ", email="KIM@example.org", locale="de"
        )
        other = actions.customer(session, name="Kim Kundt", email="kim@example.com", locale="de")
    assert again.id == world.kim.id
    assert other.id != world.kim.id


def test_nobody_becomes_staff_by_writing_under_their_name(engine: Engine, world: World):
    with transaction(engine) as session:
        written = actions.customer(
            session, name=world.root.name, email=world.root.email, locale="de"
        )
    assert written.id != world.root.id
    assert not written.viewer.is_staff


def test_names_are_looked_up_by_id(engine: Engine, world: World):
    with Session(engine) as session:
        ids = {stored_id(world.ada.id), 4711}
        assert queries.names(session, ids) == {stored_id(world.ada.id): world.ada.name}
        assert queries.names(session, set()) == {}
