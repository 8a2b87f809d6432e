"""Words on the desk: synonyms, search phrases and terms, changed with nothing lost."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from kb.access import Audience
from kb.articles.models import Article, Revision, Translation
from kb.db import transaction
from kb.glossary.models import GlossaryTerm
from kb.questions.models import Feedback, Question
from kb.synonyms import queries
from tests.desk.conftest import PASSWORD, sign_in

HERE = "/desk/curation/words"


@pytest.fixture
def eddi(app) -> Iterator[TestClient]:
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        yield client


def groups(engine) -> list[queries.Group]:
    with Session(engine) as session:
        return queries.groups(session)


def test_a_group_is_added_changed_with_its_history_and_removed(eddi, engine):
    eddi.post(f"{HERE}/synonyms", data={"of": "de", "words": "Rechnung, Faktura"})
    [group] = groups(engine)
    sent = {"version": str(group.version), "words": "Rechnung, Faktura, Abrechnung"}
    eddi.post(f"{HERE}/synonyms/{group.id}", data=sent)
    assert groups(engine)[0].words == ("Rechnung", "Faktura", "Abrechnung")
    assert "Rechnung, Faktura</span>" in eddi.get(f"{HERE}?of=de").text
    stale = eddi.post(f"{HERE}/synonyms/{group.id}", data=sent | {"words": "A, B"})
    assert stale.status_code == 409
    eddi.post(f"{HERE}/synonyms/{group.id}", data={"version": "2", "do": "remove"})
    assert groups(engine) == []


def test_one_word_is_no_group_and_markup_stays_text(eddi, engine):
    answer = eddi.post(f"{HERE}/synonyms", data={"of": "de", "words": "<script>x</script>"})
    assert answer.status_code == 422
    assert "<script>x" not in answer.text
    eddi.post(f"{HERE}/synonyms", data={"of": "de", "words": "<img src=x onerror=y>, Bild"})
    assert "<img src=x" not in eddi.get(f"{HERE}?of=de").text
    assert len(groups(engine)) == 1


def test_a_question_that_was_answered_late_becomes_a_search_phrase(eddi, engine, world):
    with transaction(engine) as session:
        asked = Question(
            text="Alles hakt", locale="de", audience=Audience.PUBLIC, hits=[0, world.wifi_revision]
        )
        session.add(asked)
        session.flush()
        said = Feedback(revision_id=world.wifi_revision, helpful=True, question_id=asked.id)
        session.add(said)
    assert "Alles hakt" in eddi.get(f"{HERE}/phrases?of=de").text
    sent = {"of": "de", "article": world.wifi_public_id, "phrase": "Alles hakt"}
    assert eddi.post(f"{HERE}/phrases", data=sent, follow_redirects=False).status_code == 303
    assert phrases(engine, world) == ["Alles hakt"]
    eddi.post(f"{HERE}/phrases", data=sent | {"do": "drop"})
    assert phrases(engine, world) == []


def test_a_term_is_explained_and_a_conflict_told(eddi, engine):
    eddi.post(f"{HERE}/terms", data={"of": "de", "term": "ONT", "meaning": "Ein Kasten."})
    page = eddi.get(f"{HERE}/terms?of=de").text
    assert "Ein Kasten." in page
    with Session(engine) as session:
        number = session.exec(select(GlossaryTerm.id)).one()
    sent = {"state": "stale", "term": "ONT", "meaning": "Etwas anderes."}
    assert eddi.post(f"{HERE}/terms/{number}", data=sent).status_code == 409
    assert "Etwas anderes." not in eddi.get(f"{HERE}/terms?of=de").text


@pytest.mark.parametrize("path", ["", "/phrases", "/terms"])
def test_agents_look_and_customers_do_not(anna, visitor, path):
    assert anna.get(f"{HERE}{path}").status_code == 200
    assert visitor.get(f"{HERE}{path}", follow_redirects=False).status_code in {303, 401}


@pytest.mark.parametrize("path", ["/synonyms", "/phrases", "/terms"])
def test_agents_change_no_words(anna, engine, world, path):
    sent = {"of": "de", "words": "A, B", "term": "A", "meaning": "B", "phrase": "C"}
    answer = anna.post(f"{HERE}{path}", data=sent | {"article": world.wifi_public_id})
    assert answer.status_code == 404
    assert groups(engine) == []


def phrases(engine, world) -> list[str]:
    with Session(engine) as session:
        article = session.get_one(Article, world.wifi)
        found = session.exec(
            select(Revision)
            .join(Translation, Translation.published_id == Revision.id)
            .where(Translation.article_id == article.id, Translation.locale == "de")
        ).one()
        return found.phrases
