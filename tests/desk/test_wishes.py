"""To be told when there is an answer: asked for, confirmed, answered by an editor, told."""

import re
from datetime import timedelta

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, col, select

from kb import clock
from kb.articles import actions as articles
from kb.articles.actions import Draft
from kb.articles.models import Article
from kb.db import transaction
from kb.mail.models import Mail
from kb.questions import policy, queries
from kb.questions.models import Question, Wish
from tests.desk.conftest import PASSWORD, sign_in

ADDRESS = "karla@example.org"
ASKED = "CANARYWORDS Seekabel?"


@pytest.fixture
def eddi(app):
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def mails(engine, *, to=ADDRESS):
    with Session(engine) as session:
        return session.exec(select(Mail).where(Mail.recipient == to).order_by(col(Mail.id))).all()


def wishes(engine):
    with Session(engine) as session:
        return session.exec(select(Wish).order_by(col(Wish.id))).all()


def asked(client, engine, text=ASKED):
    """Ask what nobody can answer; return the question that was kept."""
    client.get("/de/search", params={"question": text})
    with Session(engine) as session:
        return session.exec(select(Question).order_by(col(Question.id).desc())).first()


def wish(client, engine, text=ASKED, email=ADDRESS):
    question = asked(client, engine, text)
    sent = {"question": question.public_id, "email": email}
    return question, client.post("/de/wishes", data=sent)


def links(mail, kind):
    """Return the path of the private link of this kind in a letter."""
    where = f"{mail.text} {mail.stop_url}"
    return re.search(rf"/de/wishes/{kind}/[\w-]+", where)[0]


def confirmed(client, engine, text=ASKED, email=ADDRESS):
    question, _ = wish(client, engine, text, email)
    client.post(links(mails(engine, to=email)[-1], "confirmation"))
    return question


def publish(engine, title="Seekabel für Inseln", audience=None):
    with transaction(engine) as session:
        given = {"audience": audience} if audience else {"audience": "public"}
        article = articles.create_article(session, source_key=title, **given)
        draft = Draft(title, "Das Seekabel liegt im Hafen. Seekabel?", slug="seekabel")
        revision = articles.revise(session, article, locale="de", draft=draft)
        articles.publish(session, article, revision)
        return article.public_id


def test_the_whole_way_from_no_answer_to_being_told(visitor, eddi, engine):
    page = visitor.get("/de/search", params={"question": ASKED}).text
    assert "Bescheid bekommen" in page
    question, page = wish(visitor, engine)
    assert "Bitte schauen Sie in Ihr Postfach" in page.text
    [letter] = mails(engine)
    assert letter.subject == "Bitte bestätigen: Sollen wir Ihnen Bescheid sagen?"
    link = links(letter, "confirmation")
    assert ASKED in visitor.get(link).text
    assert wishes(engine)[0].confirmed_at is None
    assert "Wir sagen Ihnen Bescheid" in visitor.post(link).text
    assert wishes(engine)[0].confirmed_at is not None

    page = eddi.get("/desk/curation/waiting").text
    assert ASKED in page
    assert "Dazu findet die Suche noch nichts" in page
    article = publish(engine)
    page = eddi.get("/desk/curation/waiting").text
    assert "Seekabel für Inseln" in page
    assert "seitdem geändert" in page
    assert f'value="{article}"' in page
    page = eddi.post(
        f"/desk/curation/waiting/{question.public_id}/answer", data={"article": article}
    )
    assert "Niemand wartet" in page.text
    [_, told] = mails(engine)
    assert told.subject == "Auf Ihre Frage gibt es jetzt eine Antwort"
    assert "„Seekabel für Inseln“" in told.text
    assert "/de/articles/seekabel" in told.text
    [done] = wishes(engine)
    assert done.email is None
    assert done.told_at is not None
    assert done.article_id is not None


def test_what_was_typed_is_never_mailed(visitor, eddi, engine):
    question = confirmed(visitor, engine)
    article = publish(engine)
    eddi.post(f"/desk/curation/waiting/{question.public_id}/answer", data={"article": article})
    assert len(mails(engine)) == 2
    for letter in mails(engine):
        assert "CANARYWORDS" not in f"{letter.subject} {letter.text} {letter.html}"


def test_nobody_is_told_who_has_not_confirmed(visitor, eddi, engine):
    question, _ = wish(visitor, engine)
    article = publish(engine)
    assert ASKED not in eddi.get("/desk/curation/waiting").text
    eddi.post(f"/desk/curation/waiting/{question.public_id}/answer", data={"article": article})
    assert len(mails(engine)) == 1


def test_one_click_ends_it_and_looking_does_not(visitor, eddi, engine):
    question = confirmed(visitor, engine)
    stop = links(mails(engine)[0], "stop")
    assert "Doch keine E-Mail?" in visitor.get(stop).text
    assert wishes(engine)[0].stopped_at is None
    done = visitor.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert "Wir schreiben Ihnen dazu nicht mehr" in done.text
    [stopped] = wishes(engine)
    assert stopped.stopped_at is not None
    assert stopped.email is None
    article = publish(engine)
    eddi.post(f"/desk/curation/waiting/{question.public_id}/answer", data={"article": article})
    assert len(mails(engine)) == 1


def test_a_wish_taken_back_cannot_be_confirmed_any_more(visitor, engine):
    wish(visitor, engine)
    [letter] = mails(engine)
    visitor.post(links(letter, "stop"))
    assert visitor.get(links(letter, "confirmation")).status_code == 410
    assert visitor.post(links(letter, "confirmation")).status_code == 410


def test_everybody_who_asked_the_same_is_told_at_once(visitor, eddi, engine):
    first = confirmed(visitor, engine)
    confirmed(visitor, engine, "canarywords seekabel", "olaf@example.org")
    confirmed(visitor, engine, "Verkaufen Sie Boote?", "kim@example.org")
    page = eddi.get("/desk/curation/waiting").text
    assert "2 Personen warten" in page
    article = publish(engine)
    eddi.post(f"/desk/curation/waiting/{first.public_id}/answer", data={"article": article})
    assert len(mails(engine)) == len(mails(engine, to="olaf@example.org")) == 2
    assert len(mails(engine, to="kim@example.org")) == 1
    eddi.post(f"/desk/curation/waiting/{first.public_id}/answer", data={"article": article})
    assert len(mails(engine)) == 2


def test_asking_twice_is_one_wish_and_one_letter(visitor, engine):
    question, _ = wish(visitor, engine)
    sent = {"question": question.public_id, "email": ADDRESS.upper()}
    assert "Postfach" in visitor.post("/de/wishes", data=sent).text
    assert len(wishes(engine)) == len(mails(engine)) == 1


@pytest.mark.parametrize("email", ["", "karla", "karla@", "a@b", "x@y.de\nBcc: z@y.de"])
def test_what_is_no_address_is_asked_for_again(visitor, engine, email):
    question = asked(visitor, engine)
    found = visitor.post("/de/wishes", data={"question": question.public_id, "email": email})
    assert found.status_code == 422
    assert "Bitte prüfen Sie die E-Mail-Adresse" in found.text
    assert wishes(engine) == []


def test_a_wish_needs_a_question_that_was_asked(visitor, engine):
    for question in ("", "nope", "1", "%"):
        sent = {"question": question, "email": ADDRESS}
        assert visitor.post("/de/wishes", data=sent).status_code == 404
    for path in ("/de/wishes/stop", "/de/wishes/confirm", "/de/wishes/nope"):
        assert visitor.get(path).status_code == 404
    for path in ("/de/wishes/stop/nope", "/de/wishes/confirmation/nope"):
        assert visitor.get(path).status_code == 410
        assert visitor.post(path).status_code == 410
    assert wishes(engine) == []


def test_only_what_anybody_may_read_is_found_and_told(visitor, eddi, engine, world):
    question = confirmed(visitor, engine)
    hidden = publish(engine, "Geheimes Seekabel", audience="staff")
    page = eddi.get("/desk/curation/waiting").text
    assert "Geheimes Seekabel" not in page
    for article in (hidden, world.staff_public_id, "nope", ""):
        sent = {"article": article}
        found = eddi.post(f"/desk/curation/waiting/{question.public_id}/answer", data=sent)
        assert found.status_code == 404
    assert len(mails(engine)) == 1
    assert wishes(engine)[0].told_at is None


def test_an_article_that_was_taken_back_meanwhile_is_not_told(visitor, eddi, engine):
    question = confirmed(visitor, engine)
    article = publish(engine)
    with transaction(engine) as session:
        found = session.exec(select(Article).where(Article.public_id == article)).one()
        articles.unpublish(session, found, locale="de")
    sent = {"article": article}
    found = eddi.post(f"/desk/curation/waiting/{question.public_id}/answer", data=sent)
    assert found.status_code == 404
    assert len(mails(engine)) == 1


def test_agents_look_and_editors_decide(visitor, anna, engine):
    question = confirmed(visitor, engine)
    article = publish(engine)
    page = anna.get("/desk/curation/waiting").text
    assert ASKED in page
    assert "benachrichtigen" not in page
    sent = {"article": article}
    found = anna.post(f"/desk/curation/waiting/{question.public_id}/answer", data=sent)
    assert found.status_code == 404
    closed = visitor.get("/desk/curation/waiting", follow_redirects=False)
    assert closed.status_code == 303
    assert len(mails(engine)) == 1


def test_waiting_is_shown_without_search(visitor, eddi, app, engine):
    confirmed(visitor, engine)
    app.state["site"].slot.retrieval = None
    page = eddi.get("/desk/curation/waiting").text
    assert ASKED in page
    assert "Die Suche ist gerade nicht bereit" in page


def test_what_nobody_confirms_is_forgotten(visitor, engine):
    wish(visitor, engine)
    with transaction(engine) as session:
        old = session.exec(select(Wish)).one()
        old.created_at = clock.now() - policy.UNCONFIRMED_FOR - timedelta(hours=1)
        session.add(old)
    wish(visitor, engine, "Verkaufen Sie Boote?", "kim@example.org")
    assert [one.email for one in wishes(engine)] == ["kim@example.org"]


def test_the_rule_of_waiting_and_its_query_say_the_same(engine, world):
    del world
    moment = clock.now()
    with transaction(engine) as session:
        question = Question(text="?", locale="de", audience="public")
        session.add(question)
        session.flush()
        for number in range(16):
            session.add(
                Wish(
                    question_id=question.id,
                    locale="de",
                    email=f"a{number}@example.org" if number & 1 else None,
                    confirmed_at=moment if number & 2 else None,
                    stopped_at=moment if number & 4 else None,
                    told_at=moment if number & 8 else None,
                )
            )
    with Session(engine) as session:
        everyone = session.exec(select(Wish)).all()
        by_query = {one.id for one, _ in queries.waiting(session)}
    assert by_query == {one.id for one in everyone if policy.is_waiting(one)}
    assert len(by_query) == 1
