"""No canary sings in what is offered while asking, in dialogues, on ways on, or in letters."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from kb.access import ANYONE, Audience
from kb.articles import actions as articles
from kb.articles.models import Article
from kb.config import LOCALES
from kb.db import transaction
from kb.mail.models import Mail
from kb.questions import actions
from kb.questions.models import Feedback, FeedbackReason, Question
from retrieval.index.sync import sync
from tests.desk.aviary import FRAGMENT, Aviary, aviary, browsing
from tests.desk.conftest import sign_in
from tests.world import PASSWORD, TITLES


@pytest.fixture
def birds(sqlite_store, tmp_path) -> Iterator[Aviary]:
    with aviary(sqlite_store, tmp_path) as built:
        yield built


def hidden(birds: Aviary) -> set[str]:
    """Return what nobody outside may read, without what stands in addresses that are public."""
    shown = " ".join(piece.slug for piece in birds.world.pieces if piece.is_for(ANYONE))
    secret = birds.world.canaries_hidden_from(ANYONE) | {birds.world.kims_words}
    return {word for word in secret if word not in shown}


def heard(birds: Aviary, said: str) -> set[str]:
    return {word for word in hidden(birds) if word in said}


def test_offers_and_corrections_name_nothing_hidden(birds):
    with browsing(birds, "anyone") as client:
        for locale in LOCALES:
            words = [TITLES[locale], "Router neu", "WLAN ist", "kanari"]
            for guess in sorted(hidden(birds)):
                words += [guess[:-1], guess[:9], f"Router {guess[:8]}x{guess[9:]}"]
            for typed in words:
                for path in ("suggestions", "search"):
                    for early in ("", "1"):
                        asked = {"question": typed, "early": early}
                        page = client.get(f"/{locale}/{path}", params=asked).text
                        assert {one for one in heard(birds, page) if one not in typed} == set()


def test_what_is_shown_does_sing_in_the_offers(birds):
    with browsing(birds, "anyone") as client:
        page = client.get("/de/suggestions", params={"question": TITLES["de"]}).text
    assert birds.world.piece().canary in page


def test_popular_questions_name_nothing_hidden(birds):
    secret = birds.world.piece(audience=Audience.STAFF)
    with transaction(birds.engine) as session:
        for number in range(12):
            asked = Question(
                text=f"Was ist {secret.canary}",
                locale="de",
                audience=Audience.PUBLIC,
                answer="Es ist so.",
                citations=[{"revision": secret.revision_id, "url": "", "quote": "Es ist so."}],
            )
            asked.asked_at = asked.asked_at.replace(day=1 + number % 20)
            actions.record(session, asked)
    with browsing(birds, "anyone") as client:
        assert secret.canary not in client.get("/de/suggestions").text
        assert secret.canary not in client.get("/de/search").text


def test_a_dialogue_and_the_ways_on_name_nothing_that_was_taken_back(birds):
    taken = birds.world.piece()
    with browsing(birds, "anyone") as client:
        client.get("/de/search", params={"question": TITLES["de"]})
        with Session(birds.engine) as session:
            asked = session.exec(select(Question).order_by(col(Question.id).desc())).first()
        assert taken.revision_id in asked.hits
        sent = {"revision": taken.revision_id, "question": asked.public_id, "helpful": "no"}
        client.post("/de/feedback", data=sent)
        with transaction(birds.engine) as session:
            given = session.exec(select(Feedback)).one()
            for locale in LOCALES:
                article = session.get_one(Article, taken.article_id)
                articles.unpublish(session, article, locale=locale)
        said = client.get(
            "/de/search", params={"question": "und langsam?", "after": asked.public_id}
        ).text
        for reason in FeedbackReason:
            sent = {"reason": reason.value, "question": asked.public_id}
            path = f"/de/feedback/{given.public_id}"
            said += client.post(path, data=sent).text
            said += client.get(path, params={"question": asked.public_id}, headers=FRAGMENT).text
    assert taken.canary not in said
    assert heard(birds, said) == set()


def test_letters_name_nothing_hidden_and_editors_find_only_what_all_may_read(birds):
    world = birds.world
    with browsing(birds, "anyone") as client:
        client.get("/de/search", params={"question": f"{TITLES['de']} Router"})
        with Session(birds.engine) as session:
            asked = session.exec(select(Question).order_by(col(Question.id).desc())).first()
        sent = {"question": asked.public_id, "email": "karla@example.org"}
        client.post("/de/wishes", data=sent)
        with Session(birds.engine) as session:
            letter = session.exec(select(Mail)).one()
        client.post(re.search(r"/de/wishes/confirmation/[\w-]+", letter.text)[0])
    sync(birds.engine, birds.engines)
    with browsing(birds, "anyone") as client:
        sign_in(client, "edda", PASSWORD)
        page = client.get("/desk/curation/waiting").text
        assert heard(birds, page) == set()
        assert world.piece().canary in page
        for public_id in birds.public_ids:
            path = f"/desk/curation/waiting/{asked.public_id}/answer"
            client.post(path, data={"article": public_id})
    with Session(birds.engine) as session:
        letters = session.exec(select(Mail).order_by(col(Mail.id))).all()
    assert len(letters) == 2
    assert world.piece().canary in letters[1].text
    for one in letters:
        assert heard(birds, f"{one.subject} {one.text} {one.html}") == set()
