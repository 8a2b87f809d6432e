"""The life of articles in the desk: history, review, settings, translations, categories."""

import time
from datetime import timedelta

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select, update

from desk.app import create_app
from desk.curate.diffing import Fate
from desk.curate.life import comparing, moments
from kb import clock
from kb.access import Audience
from kb.articles import actions, history, reviewing, schedule, staleness
from kb.articles.actions import Change, Draft
from kb.articles.models import Article, Category, FormerSlug, Revision, Significance, State
from kb.curation import upkeep
from kb.curation.tasks import TaskKind
from kb.db import transaction
from kb.people import queries as people
from tests.desk.conftest import PASSWORD, sign_in

DRAFT_WORDS = "CANARYLIFE"
EVIL = '<script>window.__x=1</script><img src=x onerror=alert(1)>"><svg/onload=1>'


@pytest.fixture
def eddi(app):
    """An editor, signed in."""
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        client.headers["accept-language"] = "de"
        yield client


@pytest.fixture
def here(world) -> str:
    return f"/desk/curation/articles/{world.wifi_public_id}"


def wifi(session: Session, world):
    article = session.get_one(Article, world.wifi)
    return article, history.translation_of(session, article, "de")


def write(engine, world, body=f"Neu. {DRAFT_WORDS}", title="WLAN ist langsam", by=None, **change):
    with transaction(engine) as session:
        article, _ = wifi(session, world)
        draft = Draft(title, body)
        return actions.revise(
            session, article, locale="de", draft=draft, author_id=by, change=Change(**change)
        ).id


PAGES = ("/de/history", "/de/review", "/settings", "/settings/audience?to=staff", "/beside")
POSTS = (
    "/de/history/restorations",
    "/de/review/decision",
    "/de/review/comments",
    "/de/review/comments/1/state",
    "/de/review/plans/1/cancellation",
    "/settings",
    "/settings/audience",
    "/archive",
    "/de/verification",
    "/de/address",
    "/beside",
    "/translations",
    "/publications",
    "/de/step",
)
TREE = "/desk/curation/categories"


def test_only_editors_see_how_an_article_lives(visitor, anna, eddi, here):
    for page in PAGES:
        assert visitor.get(here + page, follow_redirects=False).status_code == 303
        assert anna.get(here + page).status_code == 404
        assert eddi.get(here + page).status_code == 200
        assert eddi.get(here[:-16] + "0" * 16 + page).status_code == 404


def test_nobody_else_changes_anything(visitor, anna, here, engine, world):
    sent = {"decision": "publish", "audience": "staff", "slug": "x", "how": "copy", "number": "1"}
    before = written(engine, world)
    for path in POSTS:
        refused = visitor.post(here + path, data=sent, follow_redirects=False)
        assert refused.status_code == 401
        assert anna.post(here + path, data=sent, follow_redirects=False).status_code == 404
    assert written(engine, world) == before


def test_the_tree_of_categories_is_for_editors(visitor, anna, eddi):
    assert visitor.get(TREE, follow_redirects=False).status_code == 303
    assert [anna.get(TREE).status_code, anna.get(f"{TREE}/1").status_code] == [404, 404]
    assert [eddi.get(TREE).status_code, eddi.get(f"{TREE}/1").status_code] == [200, 200]
    assert eddi.get(f"{TREE}/99").status_code == 404
    assert anna.post(TREE, data={"name-de": "X"}).status_code == 404
    assert anna.post(f"{TREE}/1/removal").status_code == 404


def written(engine, world):
    with Session(engine) as session:
        article, translation = wifi(session, world)
        return article.model_dump(), translation.model_dump()


def test_what_is_not_on_show_leaks_nowhere(visitor, eddi, here, engine, world):
    write(engine, world, note=DRAFT_WORDS)
    eddi.post(f"{here}/de/review/decision", data={"decision": "submit", "words": DRAFT_WORDS})
    eddi.post(f"{here}/de/review/comments", data={"quote": DRAFT_WORDS, "note": DRAFT_WORDS})
    assert DRAFT_WORDS in eddi.get(f"{here}/de/review").text
    for path in ("/de/articles/wlan-langsam", "/de/", "/de/search?question=wlan", "/sitemap.xml"):
        assert DRAFT_WORDS not in visitor.get(path).text


def test_whatever_stands_in_an_article_is_inert_in_its_history_and_review(
    eddi, here, engine, world
):
    write(engine, world, body=f"Text\n\n{EVIL}\n\n[x](javascript:alert(1))", title=EVIL, note=EVIL)
    eddi.post(f"{here}/de/review/comments", data={"quote": EVIL, "note": EVIL})
    for page in (*PAGES, "/de/history?old=1&new=2"):
        shown = eddi.get(here + page).text
        assert "<script>window" not in shown
        assert "<img src=x" not in shown
        assert "<svg/onload" not in shown
        assert 'href="javascript' not in shown


def test_the_history_shows_what_changed_word_by_word(eddi, here, engine, world):
    with Session(engine) as session:
        body = session.get_one(Revision, world.wifi_revision).body
    write(engine, world, body=body.replace("Funkkanal.", "Kanal."), note="Kürzer")
    page = eddi.get(f"{here}/de/history").text
    assert "Kürzer" in page
    assert "</span>Funkkanal</del>" in page
    assert ">Kanal</ins>" in page
    assert "unveränderte Zeilen" in page
    assert eddi.get(f"{here}/de/history?old=x").status_code == 400
    assert eddi.get(f"{here}/de/history?old=77&new=99").status_code == 200


def test_an_older_text_is_brought_back_as_a_new_one(eddi, here, engine, world):
    write(engine, world)
    sent = eddi.post(
        f"{here}/de/history/restorations", data={"number": "1"}, follow_redirects=False
    )
    assert sent.headers["location"].endswith("new=3#changes")
    with Session(engine) as session:
        _, translation = wifi(session, world)
        newest = reviewing.newest(session, translation)
        assert newest.body == session.get_one(Revision, world.wifi_revision).body
        assert newest.change_note == "Fassung 1 wiederhergestellt"
        assert translation.published_id == world.wifi_revision
    lost = eddi.post(f"{here}/de/history/restorations", data={"number": "9"})
    assert lost.status_code == 404


def test_review_goes_from_asking_through_words_to_on_show(eddi, here, engine, world, visitor):
    revision = str(write(engine, world, body="Frisch geprüft."))
    decision = f"{here}/de/review/decision"
    eddi.post(decision, data={"decision": "submit", "words": "Bitte ansehen"})
    page = eddi.get(f"{here}/de/review").text
    assert "Wartet auf Prüfung" in page
    assert "Bitte ansehen" in page
    empty = eddi.post(decision, data={"decision": "send_back", "words": " "})
    assert empty.status_code == 422
    assert "was noch zu tun ist" in empty.text
    stale = eddi.post(decision, data={"decision": "publish", "revision": "1"})
    assert stale.status_code == 409
    eddi.post(decision, data={"decision": "publish", "revision": revision})
    assert "Frisch geprüft." in visitor.get("/de/articles/wlan-langsam").text
    assert "Freigegeben" in eddi.get(f"{here}/de/review").text
    assert eddi.post(decision, data={"decision": "nonsense"}).status_code == 400


def test_with_four_eyes_the_button_is_missing_and_the_door_shut(
    config, engine, retrieval, world, here, visitor
):
    strict = create_app(
        config.model_copy(update={"four_eyes": True}), engine=engine, retrieval=retrieval
    )
    with Session(engine) as session:
        own = people.by_login(session, "eddi").id
    revision = str(write(engine, world, by=own))
    with TestClient(strict, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        page = client.get(f"{here}/de/review").text
        assert "Vier Augen" in page
        assert 'value="publish"' not in page
        sent = {"decision": "publish", "revision": revision}
        assert client.post(f"{here}/de/review/decision", data=sent).status_code == 403
        both = {"revision-de": revision, "publish-de": "yes"}
        assert client.post(f"{here}/publications", data=both).status_code == 403
    assert DRAFT_WORDS not in visitor.get("/de/articles/wlan-langsam").text


def test_a_time_is_taken_on_the_clock_of_the_site_and_kept_in_utc(eddi, here, engine, world):
    revision = str(write(engine, world))
    decision = f"{here}/de/review/decision"
    past = {"decision": "plan", "revision": revision, "due": "2020-01-01T08:00"}
    refused = eddi.post(decision, data=past)
    assert refused.status_code == 422
    assert "der noch kommt" in refused.text
    eddi.post(decision, data={**past, "due": "2099-07-01T08:30"})
    with Session(engine) as session:
        _, translation = wifi(session, world)
        (plan,) = schedule.planned(session, translation)
        assert plan.due_at.isoformat() == "2099-07-01T06:30:00+00:00"
    page = eddi.get(f"{here}/de/review").text
    assert "1. Juli 2099, 08:30" in page
    eddi.post(f"{here}/de/review/plans/{plan.id}/cancellation")
    assert "1. Juli 2099" not in eddi.get(f"{here}/de/review").text


@pytest.mark.parametrize(
    ("sent", "utc"),
    [
        ("2026-10-25T02:30", "2026-10-25T00:30:00+00:00"),
        ("2026-03-29T02:30", "2026-03-29T01:30:00+00:00"),
        ("2026-12-01T08:00", "2026-12-01T07:00:00+00:00"),
    ],
)
def test_nights_when_the_clocks_change_have_one_meaning(sent, utc):
    assert moments.sent(sent).isoformat() == utc
    assert moments.sent("gestern") is None


def test_another_audience_is_asked_about_and_says_who_will_see_it(eddi, here, visitor):
    narrow = eddi.get(f"{here}/settings/audience?to=staff").text
    assert "verschwinden für Kunden" in narrow
    assert "Wi-Fi is slow" in narrow
    assert visitor.get("/de/articles/wlan-langsam").status_code == 200
    eddi.post(f"{here}/settings/audience", data={"audience": "staff"})
    assert visitor.get("/de/articles/wlan-langsam").status_code == 404
    wide = eddi.get(f"{here}/settings/audience?to=public").text
    assert "Suchmaschinen" in wide
    assert eddi.post(f"{here}/settings/audience", data={"audience": "x"}).status_code == 400


def test_settings_are_kept_and_the_old_address_leads_on(eddi, here, engine, world, visitor):
    with Session(engine) as session:
        owner = people.by_login(session, "eddi").id
    eddi.post(f"{here}/settings", data={"owner": str(owner), "months": "6", "category": ""})
    eddi.post(f"{here}/de/verification")
    eddi.post(f"{here}/de/address", data={"slug": "Funknetz lahm"})
    with Session(engine) as session:
        article, translation = wifi(session, world)
        assert (article.owner_id, article.verify_months) == (owner, 6)
        assert article.category_id is None
        assert (translation.slug, translation.verified_by) == ("funknetz-lahm", "Eddi")
        assert session.get(FormerSlug, ("de", "wlan-langsam")) is not None
    moved = visitor.get("/de/articles/wlan-langsam", follow_redirects=False)
    assert moved.headers["location"].endswith("/de/articles/funknetz-lahm")
    assert eddi.post(f"{here}/settings", data={"owner": "999"}).status_code == 422
    assert eddi.post(f"{here}/settings", data={"category": "999"}).status_code == 404


def test_an_archived_article_is_gone_and_comes_back_whole(eddi, here, visitor):
    eddi.post(f"{here}/archive", data={"to": "archive"})
    assert visitor.get("/de/articles/wlan-langsam").status_code == 404
    assert "Artikel zurückholen" in eddi.get(f"{here}/settings").text
    eddi.post(f"{here}/archive", data={"to": "restore"})
    assert visitor.get("/de/articles/wlan-langsam").status_code == 200


def test_a_translation_stands_beside_its_original_with_what_changed(eddi, here, engine, world):
    with transaction(engine) as session:
        session.exec(update(Revision).values(created_at=clock.now() - timedelta(days=3)))
        body = session.get_one(Revision, world.wifi_revision).body
    write(engine, world, body=body.replace("5 GHz", "6 GHz"), significance=Significance.MAJOR)
    page = eddi.get(f"{here}/beside?to=en").text
    assert page.count("Seither wesentlich geändert") == 1
    assert "Ein Absatz ist markiert." in page
    sent = {
        "to": "en",
        "version": "1",
        "title": "Wi-Fi is slow",
        "part-0": "One.",
        "part-3": "Two.",
    }
    eddi.post(f"{here}/beside", data=sent)
    with Session(engine) as session:
        article, _ = wifi(session, world)
        english = history.translation_of(session, article, "en")
        assert reviewing.newest(session, english).body == "One.\n\nTwo."
    assert "Seither wesentlich" not in eddi.get(f"{here}/beside?to=en").text
    late = eddi.post(f"{here}/beside", data={**sent, "part-0": "Mine."})
    assert late.status_code == 409
    assert "Mine." in late.text


def test_a_missing_translation_is_started_and_both_go_on_show_together(eddi, engine, visitor):
    with Session(engine) as session:
        moving = session.exec(select(Article).where(Article.source_key == "moving")).one()
    here = f"/desk/curation/articles/{moving.public_id}"
    assert "Noch nicht auf Deutsch" in eddi.get(f"{here}/beside").text
    eddi.post(f"{here}/translations", data={"to": "de", "how": "copy"})
    eddi.post(f"{here}/translations", data={"to": "de", "how": "empty"})
    with transaction(engine) as session:
        article = session.get_one(Article, moving.id)
        german = history.translation_of(session, article, "de")
        newest = reviewing.newest(session, german)
        assert (newest.number, newest.body) == (1, "Tell us about your umzug.")
        other = actions.revise(
            session, article, locale="en", draft=Draft("Moving house", "Tell us soon.")
        )
        ids = {"de": newest.id, "en": other.id}
    sent = {f"revision-{locale}": str(each) for locale, each in ids.items()}
    nothing = eddi.post(f"{here}/publications", data=sent)
    assert nothing.status_code == 422
    eddi.post(f"{here}/publications", data={**sent, "publish-de": "yes", "publish-en": "yes"})
    assert visitor.get(f"/de/articles/{german.slug}").status_code == 200
    assert "Tell us soon." in visitor.get("/en/articles/moving-house").text


def test_categories_are_named_ordered_and_removed_only_when_nothing_is_lost(eddi, engine):
    eddi.post(TREE, data={"name-de": "Rechnung", "name-en": "Bills", "icon": "receipt"})
    page = eddi.get(TREE).text
    assert page.index("Internet") < page.index("Rechnung")
    with Session(engine) as session:
        ids = {each.key: each.id for each in session.exec(select(Category))}
    eddi.post(f"{TREE}/{ids['rechnung']}/position", data={"to": "up"})
    page = eddi.get(TREE).text
    assert page.index(">Rechnung<") < page.index(">Internet<")
    assert eddi.post(TREE, data={"name-de": " "}).status_code == 422
    assert eddi.post(f"{TREE}/{ids['internet']}/removal").status_code == 422
    eddi.post(f"{TREE}/{ids['internet']}/removal", data={"into": str(ids["rechnung"])})
    with Session(engine) as session:
        assert session.exec(select(Category.key)).all() == ["rechnung"]
        held = session.exec(select(Article).where(Article.category_id == ids["rechnung"])).all()
        assert held


def test_what_expires_and_what_is_outdated_is_work_for_today(engine, world):
    with transaction(engine) as session:
        article, _ = wifi(session, world)
        session.exec(update(Revision).values(created_at=clock.now() - timedelta(days=300)))
        article.verify_months = 3
    write_shown(engine, world)
    with Session(engine) as session:
        found = {task.kind: task for task in upkeep.work(session)}
    assert set(found) == {TaskKind.UNVERIFIED, TaskKind.OUTDATED}
    assert found[TaskKind.OUTDATED].url.endswith(f"{world.wifi_public_id}/beside?to=en")


def write_shown(engine, world) -> None:
    revision = write(engine, world, significance=Significance.MAJOR)
    with transaction(engine) as session:
        article, _ = wifi(session, world)
        actions.publish(session, article, session.get_one(Revision, revision))
        assert article.audience is Audience.PUBLIC
        assert staleness.outdated(session)


def test_a_text_of_51000_characters_is_compared_at_once():
    lines = [f"Satz {n} hat {'viele ' * 12}Wörter." for n in range(600)]
    old = "\n\n".join(lines)
    new = "\n\n".join(
        line.replace("Wörter", "Worte") if n % 7 == 0 else line for n, line in enumerate(lines)
    )
    assert len(old) > 51_000
    started = time.process_time()
    found = comparing.stretches(old, new)
    one_line = comparing.words(old.replace("\n", " "), " ".join(reversed(old.split("\n"))))
    assert time.process_time() - started < 5  # of the processor; a tenth of that alone
    assert sum(stretch.is_changed for stretch in found) == len(range(0, 600, 7))
    assert {piece.fate for piece in one_line} >= {Fate.ADDED, Fate.REMOVED}
    for text, gone in ((old, Fate.ADDED), (new, Fate.REMOVED)):
        said = "".join(
            "".join(piece.text for piece in stretch.pieces if piece.fate is not gone)
            for stretch in found
        )
        assert "".join(said.split()) == "".join(text.split())


def test_state_of_a_translation_in_review_is_told(eddi, engine):
    with Session(engine) as session:
        draft = session.exec(select(Article).where(Article.source_key == "draft")).one()
    here = f"/desk/curation/articles/{draft.public_id}"
    eddi.post(f"{here}/de/review/decision", data={"decision": "submit"})
    with Session(engine) as session:
        found = history.translation_of(session, session.get_one(Article, draft.id), "de")
        assert found.state is State.IN_REVIEW
