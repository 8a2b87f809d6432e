"""Signing in and out."""

import html
import re

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import security
from desk.app import create_app
from desk.deps import COOKIE
from kb.people.models import SignIn
from tests.desk.conftest import PASSWORD

GOOD = {"login": "anna", "password": PASSWORD}


def test_a_sign_in_leads_on_with_a_cookie_no_script_reads(visitor, engine):
    sent = visitor.post(
        "/desk/sign-in", data=GOOD | {"next": "/desk/cases?list=mine"}, follow_redirects=False
    )
    cookie = sent.headers["set-cookie"]
    assert (sent.status_code, sent.headers["location"]) == (303, "/desk/cases?list=mine")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    with Session(engine) as session:
        [kept] = session.exec(select(SignIn)).all()
    assert kept.token_hash not in cookie


def test_the_cookie_is_secure_on_a_public_site(config, engine, retrieval):
    public = config.model_copy(update={"public_url": "https://help.example"})
    with TestClient(create_app(public, engine=engine, retrieval=retrieval)) as client:
        sent = client.post(
            "/desk/sign-in", data=GOOD, headers={"host": "help.example"}, follow_redirects=False
        )
    assert "Secure" in sent.headers["set-cookie"]


@pytest.mark.parametrize("login", ["anna", "nobody", ""])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(reader, login):
    sent = reader.post("/desk/sign-in", data={"login": login, "password": "wrong wrong wrong"})
    assert sent.status_code == 422
    assert "Benutzername oder Passwort stimmen nicht." in sent.text
    assert f'value="{login}"' in sent.text
    assert "wrong wrong" not in sent.text
    assert "set-cookie" not in sent.headers


def test_a_new_sign_in_ends_the_old_one_of_this_browser(anna, engine):
    before = anna.cookies[COOKIE]
    anna.post("/desk/sign-in", data=GOOD, follow_redirects=False)
    assert anna.cookies[COOKIE] != before
    with Session(engine) as session:
        revoked = [row.revoked_at is not None for row in session.exec(select(SignIn)).all()]
    assert sorted(revoked) == [False, True]


def test_after_signing_out_the_old_cookie_is_worth_nothing(anna):
    token = anna.cookies[COOKIE]
    assert anna.get("/de/articles/intern").status_code == 200
    anna.post("/desk/sign-out", follow_redirects=False)
    found = anna.get("/de/articles/intern", headers={"cookie": f"{COOKIE}={token}"})
    assert found.status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "ü"])
def test_a_made_up_cookie_is_nobody(reader, token):
    cookie = f"{COOKIE}={token}".encode()
    assert reader.get("/de/articles/intern", headers={"cookie": cookie}).status_code == 404


def test_guessing_one_login_is_slowed_down_wherever_it_comes_from(visitor):
    wrong = {"login": "Anna", "password": "x"}
    statuses = [visitor.post("/desk/sign-in", data=wrong).status_code for _ in range(11)]
    assert statuses[-1] == 429
    assert visitor.post("/desk/sign-in", data={"login": "eddi"}).status_code == 422


@pytest.mark.parametrize(
    "wanted",
    ["//evil", "/\\evil", "\\\\evil", "javascript:alert(1)", "https://evil", "evil", ""],
)
def test_only_local_paths_are_followed(visitor, wanted):
    assert security.local_path(wanted, otherwise="/desk") == "/desk"
    sent = visitor.post("/desk/sign-in", data=GOOD | {"next": wanted}, follow_redirects=False)
    assert sent.headers["location"] == "/desk"


def test_whoever_came_here_by_mistake_finds_back_and_reads_their_language(reader):
    page = reader.get("/desk/sign-in?next=/desk/cases%3Flist%3Dmine")
    assert '<a class="quiet-link" href="/de/">Hilfe-Center</a>' in page.text
    [switch] = re.findall(r'href="(/desk/sign-in\?[^"]*)"', page.text)
    english = reader.get(html.unescape(switch)).text
    assert "Sign in" in english
    assert '<a class="quiet-link" href="/en/">Help center</a>' in english
    assert 'value="/desk/cases?list=mine"' in english
    assert re.findall(r'href="(/desk/sign-in\?[^"]*)"', english) == [switch.replace("=en", "=de")]


def test_a_wrong_password_is_told_in_the_language_that_was_chosen(reader):
    wrong = {"login": "anna", "password": "wrong wrong wrong"}
    assert "is not right" in reader.post("/desk/sign-in?language=en", data=wrong).text
    assert 'lang="de"' in reader.post("/desk/sign-in?language=xx", data=wrong).text
