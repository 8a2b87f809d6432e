"""A home teaches its own words: from what staff may search, and from nothing else."""

import pytest
from sqlmodel import Session

from kb.access import Audience, Role
from kb.articles import actions as articles
from kb.articles.models import Article
from kb.cases.models import CaseArticle, Message
from kb.db import stored_id, transaction
from kb.questions.models import Feedback, Question
from retrieval.training.own import Example, Own, collect, is_held_out
from tests.retrieval.shelf import Shelf

LONG = "Ziehen Sie den Stecker, warten Sie zehn Sekunden und stecken Sie ihn wieder ein."
SAID = "Pull the plug, wait for ten seconds, and plug it in again; the lamp turns green."
CANARY = "Zaunkönig7391"


def own(shelf: Shelf) -> Own:
    with Session(shelf.engine) as session:
        return collect(session)


def asked(found: Own) -> set[tuple[str, str]]:
    return {(one.question, one.text) for one in found.examples}


def test_titles_and_headings_find_their_text_in_both_languages(shelf: Shelf):
    shelf.publish("Router neu starten", f"## Stecker ziehen\n\n{LONG}", key="r")
    shelf.publish("Restart the router", f"## Pull the plug\n\n{SAID}", key="r", locale="en")
    found = asked(own(shelf))
    assert ("Stecker ziehen", LONG) in found
    assert ("Pull the plug", SAID) in found
    assert ("Router neu starten", "Restart the router") in found
    assert (LONG, SAID) in found or (SAID, LONG) in found
    for title in ("Router neu starten", "Restart the router"):
        assert len([text for question, text in found if question == title]) >= 2


def test_sections_are_paired_only_where_their_number_fits(shelf: Shelf):
    shelf.publish("Router", f"## Eins\n\n{LONG}\n\n## Zwei\n\n{LONG} Noch einmal.", key="r")
    shelf.publish("The router", f"## One\n\n{SAID}", key="r", locale="en")
    assert (LONG, SAID) not in asked(own(shelf))


def test_a_redacted_problem_finds_the_article_that_solved_it(shelf: Shelf):
    helpful = shelf.publish("Router neu starten", LONG)
    idle = shelf.publish("Rechnung finden", "Im Kundenkonto unter Verträge und Rechnungen.")
    case = shelf.solved("Licht ist rot", "Seit gestern leuchtet alles rot.", "Neu gestartet.")
    with transaction(shelf.engine) as session:
        for article_id, helped in ((helpful, True), (idle, False)):
            link = CaseArticle(case_id=stored_id(case.id), article_id=article_id, helped=helped)
            session.add(link)
    by_customers = {(one.family, one.question) for one in own(shelf).examples if one.by_customer}
    assert by_customers == {
        (helpful, "Licht ist rot"),
        (helpful, "Seit gestern leuchtet alles rot."),
    }


@pytest.mark.parametrize(
    ("text", "is_learnt"),
    [
        ("Warum ist mein Internet weg?", True),
        ("Rufen Sie 0171 3920014 an", False),
        ("Schreiben Sie an kim@example.org", False),
        ("Meine Nummer ist KN-40217735", False),
    ],
)
def test_a_question_whose_answer_helped_is_learnt_unless_it_may_tell_who_asked(
    shelf: Shelf,
    text: str,
    is_learnt: bool,  # noqa: FBT001
):
    article = shelf.publish("Router neu starten", LONG)
    with transaction(shelf.engine) as session:
        question = Question(text=text, locale="de", audience=Audience.PUBLIC, answer=LONG)
        session.add(question)
        session.flush()
        session.add(
            Feedback(revision_id=shelf.revision_of(article), question_id=question.id, helpful=True)
        )
    assert (text in {one.question for one in own(shelf).examples}) is is_learnt


def test_nothing_is_learnt_from_what_is_not_on_show(shelf: Shelf):
    shelf.publish("Router neu starten", LONG)
    with transaction(shelf.engine) as session:  # a draft
        draft = articles.create_article(session, source_key="d", audience=Audience.PUBLIC)
        articles.revise(session, draft, locale="de", draft=articles.Draft(CANARY, CANARY))
    shelf.archive(shelf.publish(f"{CANARY} alt", CANARY))
    shelf.unpublish(shelf.publish(f"{CANARY} weg", CANARY))
    case = shelf.case(f"{CANARY} Fall", CANARY)
    with transaction(shelf.engine) as session:
        session.add(
            Message(
                case_id=stored_id(case.id), author_role=Role.AGENT, is_internal=True, body=CANARY
            )
        )
        question = Question(text=CANARY, locale="de", audience=Audience.PUBLIC)
        session.add(question)
    assert CANARY not in str(own(shelf))


def test_what_helped_but_is_archived_by_now_is_not_learnt(shelf: Shelf):
    gone = shelf.publish("Router neu starten", LONG)
    case = shelf.solved("Licht ist rot", "Alles rot.", "Neu gestartet.")
    with transaction(shelf.engine) as session:
        session.add(CaseArticle(case_id=stored_id(case.id), article_id=gone, helped=True))
        articles.archive(session, session.get_one(Article, gone))
    assert own(shelf).examples == []


def test_the_held_out_part_is_a_quarter_and_never_learnt_from():
    held = [family for family in range(1, 1_001) if is_held_out(family)]
    assert 200 < len(held) < 300
    found = Own([], [Example(family, "q", "t") for family in range(1, 101)])
    assert not {one.family for one in found.learnt} & set(held)


def test_the_digest_tells_whether_the_text_changed(shelf: Shelf):
    shelf.publish("Router neu starten", LONG, key="r")
    before = own(shelf).digest
    assert own(shelf).digest == before
    shelf.publish("Router neu starten", f"{LONG} Fertig.", key="r")
    assert own(shelf).digest != before
