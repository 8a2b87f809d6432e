"""Today, gaps and the health of articles, as editors meet them; nobody else does."""

import re
from datetime import timedelta

import pytest
from litestar.testing import TestClient
from sqlmodel import Session, select

from desk import i18n
from desk.curate.gaps.safe import safe
from desk.curate.today import listing
from desk.curate.today.sources import SOURCES, Source
from desk.curate.today.views import SIGNS
from kb import clock
from kb.access import Audience, Role
from kb.articles import reviewing
from kb.articles.models import Article, Revision, State, Translation
from kb.articles.seen import Seen
from kb.cases import actions as cases
from kb.curation import actions as curation
from kb.curation.actions import Report
from kb.curation.marks import TaskMark
from kb.curation.models import Fault
from kb.curation.tasks import TaskKind
from kb.db import transaction
from kb.gaps.models import Evidence, Gap, GapItem, GapState, Why
from kb.mail.models import Mail
from kb.people.models import Person
from kb.questions import actions as questions
from kb.questions.models import NoAnswerReason, Question
from tests.desk.conftest import PASSWORD, WordCounting, sign_in

TODAY = "/desk/curation/today"
GAPS = "/desk/curation/gaps"
TITLE = "Vertrag auf Sabine Müller umschreiben"


@pytest.fixture
def editor(app):
    with TestClient(app, raise_server_exceptions=False) as client:
        sign_in(client, "eddi", PASSWORD)
        client.headers["accept-language"] = "de"
        yield client


@pytest.fixture
def gap(engine, world) -> str:
    """A gap of two questions and a solved case; somebody waits for the answer."""
    with transaction(engine) as session:
        found = Gap(centroid=b"\0" * 4, fingerprint="x", words={"de": ["Vertrag"]})
        session.add(found)
        session.flush()
        for number, text in enumerate((f"{TITLE}, 0171 2345678", TITLE)):
            asked = questions.record(session, _question(text, hits=[world.wifi_revision]))
            _item(session, found, Evidence.QUESTION, asked.id, days=number)
        wish = questions.note_wish(session, asked, email="kim@example.org", locale="de")
        questions.confirm(session, wish)
        found.sample_id = session.exec(select(GapItem.id).order_by(GapItem.id)).first()
        _item(session, found, Evidence.CASE, _solved(session).id)
        return found.public_id


def _question(text, **more) -> Question:
    return Question(
        text=text,
        locale="de",
        audience=Audience.PUBLIC,
        reason=NoAnswerReason.NOT_SURE,
        confidence=0.4,
        **more,
    )


def _item(session, gap, kind, number, days=0):
    moment = clock.now() - timedelta(days=days)
    session.add(
        GapItem(
            gap_id=gap.id,
            kind=kind,
            ref_id=number,
            locale="de",
            why=Why.UNANSWERED,
            vector=b"\0" * 4,
            happened_at=moment,
        )
    )
    session.flush()


def _solved(session):
    kim = Person(name="Kim", role=Role.CUSTOMER)
    session.add(kim)
    session.flush()
    case = cases.open_case(session, customer=kim, subject="Vertrag", body="Hallo", locale="de")
    said = "Öffnen Sie Mein Konto. Wählen Sie Vertrag übertragen."
    cases.keep_solution(session, case, cases.Essence(problem="Vertrag", resolution=said))
    return case


def pressed(client, url, **fields):
    return client.post(url, data=fields, follow_redirects=False)


def wifi(session, world) -> Translation:
    return session.exec(
        select(Translation).where(Translation.article_id == world.wifi, Translation.locale == "de")
    ).one()


def test_curation_begins_with_today(editor):
    assert editor.get("/desk/curation", follow_redirects=False).headers["location"] == TODAY


def test_with_nothing_to_do_today_says_so(editor, engine):
    with transaction(engine) as session:
        for translation in session.exec(select(Translation)).all():
            translation.state = State.DRAFT
    assert "Alles getan" in editor.get(TODAY).text


def test_today_shows_what_is_worth_doing_and_why(editor, gap):
    page = editor.get(TODAY).text
    assert f'href="{GAPS}/{gap}"' in page
    assert "In vier Wochen 2-mal ohne gute Antwort gefragt, dazu 1 Anliegen." in page
    assert "Bleibt ohne Antwort" in page


def test_where_answers_did_not_help_no_article_is_said_to_lack(editor, gap, engine):
    with transaction(engine) as session:
        for item in session.exec(select(GapItem)).all():
            if item.kind is Evidence.CASE:
                session.delete(item)
            else:
                item.why = Why.UNHELPFUL
    page = editor.get(TODAY).text
    assert f'href="{GAPS}/{gap}"' in page
    assert "Die Antwort hilft vielen nicht" in page
    assert "Bleibt ohne Antwort" not in page


def test_a_dismissed_task_leaves_the_list_and_can_be_taken_back(editor, gap):
    key = f"gap:{gap}"
    refused = pressed(editor, f"{TODAY}/dismissals", task=key)
    assert refused.status_code == 422
    assert "Bitte wählen Sie einen Grund." in refused.text
    assert pressed(editor, f"{TODAY}/dismissals", task=key, why="not ours").status_code == 303
    assert gap not in editor.get(TODAY).text
    assert gap in editor.get(f"{TODAY}?which=resting").text
    pressed(editor, f"{TODAY}/returns", task=key)
    assert gap in editor.get(TODAY).text


def test_a_task_can_be_taken_and_put_off(editor, gap):
    key = f"gap:{gap}"
    pressed(editor, f"{TODAY}/assignments", task=key)
    assert gap in editor.get(f"{TODAY}?which=mine").text
    pressed(editor, f"{TODAY}/rests", task=key, rest="week")
    assert gap not in editor.get(TODAY).text


def test_a_correction_is_work_for_today(editor, engine, world):
    with transaction(engine) as session:
        report = Report(Fault.WRONG, note="Stimmt nicht.")
        curation.receive(
            session, revision_id=world.wifi_revision, locale="de", report=report, key="k"
        )
    assert "/desk/curation/corrections/1" in editor.get(TODAY).text


def test_an_open_review_is_work_for_today_until_it_is_decided(editor, engine, world):
    url = f"/desk/curation/articles/{world.wifi_public_id}/de/review"
    assert url not in editor.get(TODAY).text
    with transaction(engine) as session:
        reviewing.submit(session, wifi(session, world), reviewing.Said(None, "Bitte ansehen."))
    page = editor.get(TODAY).text
    assert f'href="{url}"' in page
    assert "Wartet auf Prüfung" in page
    with transaction(engine) as session:
        reviewing.withdraw(session, wifi(session, world), reviewing.Said(None))
    assert url not in editor.get(TODAY).text


def test_a_link_that_readers_cannot_follow_is_work_for_today(editor, world):
    page = editor.get(TODAY).text  # the article on Wi-Fi links to one for staff only
    assert f'/desk/curation/articles/{world.wifi_public_id}/de"' in page
    assert "Verweis führt ins Leere" in page


def test_a_source_that_fails_is_named_and_the_others_stay(editor, gap, monkeypatch):
    def broken(_session):
        raise RuntimeError

    monkeypatch.setattr(listing, "SOURCES", (Source("tips", broken), *SOURCES))
    page = editor.get(TODAY).text
    assert "„Tipps“ ließ sich gerade nicht lesen" in page
    assert gap in page


def test_a_gap_shows_its_evidence_without_anybodys_data(editor, gap):
    page = editor.get(f"{GAPS}/{gap}").text
    assert "umschreiben" in page
    assert "2345678" not in page
    assert "1 Mensch wartet" in page
    assert "WLAN ist langsam" in page  # what came near
    assert "40 %" in page
    assert "2345678" not in editor.get(GAPS).text + editor.get(TODAY).text


def test_a_gap_that_is_not_ours_needs_a_reason_and_is_put_away(editor, gap):
    assert pressed(editor, f"{GAPS}/{gap}/refusal").status_code == 422
    pressed(editor, f"{GAPS}/{gap}/refusal", reason="one off")
    assert gap not in editor.get(GAPS).text + editor.get(TODAY).text
    assert gap in editor.get(f"{GAPS}?which=not ours").text
    pressed(editor, f"{GAPS}/{gap}/reopening")
    assert gap in editor.get(GAPS).text


def test_a_draft_is_made_of_what_solved_it_and_is_kept_only_when_begun(editor, gap, engine):
    with Session(engine) as session:
        before = len(session.exec(select(Article)).all())
    page = editor.get(f"{GAPS}/{gap}/article").text
    assert "<li>Öffnen Sie Mein Konto.</li>" in page
    assert "2345678" not in page
    with Session(engine) as session:
        assert len(session.exec(select(Article)).all()) == before


def test_a_begun_article_is_for_staff_a_draft_and_carries_the_customers_words(editor, gap, engine):
    sent = pressed(editor, f"{GAPS}/{gap}/article", title="Vertrag umschreiben", locale="de")
    with Session(engine) as session:
        found = session.exec(select(Gap)).one()
        article = session.get_one(Article, found.article_id)
        translation = session.exec(
            select(Translation).where(Translation.article_id == article.id)
        ).one()
        revision = session.exec(
            select(Revision).where(Revision.translation_id == translation.id)
        ).one()
    assert sent.headers["location"].startswith(f"/desk/curation/articles/{article.public_id}/de")
    assert (article.audience, translation.state) == (Audience.STAFF, State.DRAFT)
    assert found.state is GapState.PLANNED
    assert revision.title == "Vertrag umschreiben"
    assert not any("2345678" in phrase or "[" in phrase for phrase in revision.phrases)


@pytest.mark.usefixtures("gap")
def test_solved_cases_alone_make_a_draft_too(editor, engine):
    with Session(engine) as session:
        case = session.exec(select(GapItem.ref_id).where(GapItem.kind == Evidence.CASE)).one()
    assert "Mein Konto" in editor.get(f"{GAPS}/from-cases?case={case}").text
    sent = pressed(editor, f"{GAPS}/from-cases?case={case}")
    assert sent.headers["location"].startswith("/desk/curation/articles/")
    assert editor.get(f"{GAPS}/from-cases?case=987654").status_code == 404


def test_who_waits_is_told_when_an_editor_confirms_and_only_of_public_articles(
    editor, gap, engine, world
):
    kept = pressed(editor, f"{GAPS}/{gap}/answer", article=world.staff_public_id)
    assert kept.status_code == 404
    assert pressed(editor, f"{GAPS}/{gap}/answer", article=world.wifi_public_id).status_code == 303
    with Session(engine) as session:
        assert [mail.recipient for mail in session.exec(select(Mail)).all()] == ["kim@example.org"]
        assert session.exec(select(Gap)).one().state is GapState.ANSWERED
    assert "Beantwortet." in editor.get(f"{GAPS}/{gap}").text


def test_looking_anew_puts_questions_into_gaps(app, editor):
    class Gathering(WordCounting):
        def gather(self, _session, safely):
            assert safely("Ruf 0171 2345678 an") == safe("Ruf 0171 2345678 an")
            return type("Done", (), {"joined": 1})()

    app.state["site"].slot.retrieval = Gathering()
    assert "Neue Fragen sind eingeordnet." in editor.post(f"{GAPS}/gatherings").text


def test_without_search_the_gaps_are_still_there(app, editor, gap):
    app.state["site"].slot.retrieval = None
    page = editor.get(GAPS).text
    assert gap in page
    assert "Die Suche ist gerade nicht bereit" in page
    assert editor.get(f"{GAPS}/{gap}").status_code == 200
    assert editor.get(f"{GAPS}/{gap}/article").status_code == 200


def test_health_tells_what_was_counted(editor, visitor, engine, world):
    with transaction(engine) as session:
        slug = wifi(session, world).slug
        for helpful in (True, True, False):
            questions.give_feedback(session, revision_id=world.wifi_revision, helpful=helpful)
    for _ in range(3):
        visitor.get(f"/de/articles/{slug}")
    visitor.get(f"/de/articles/{slug}", headers={"dnt": "1"})
    editor.get(f"/de/articles/{slug}")
    page = editor.get(f"/desk/curation/articles/{world.wifi_public_id}/health?locale=de").text
    assert "67 %" in page
    assert "2 von 3" in page
    assert "21 % und 94 %" in page
    with Session(engine) as session:
        assert session.exec(select(Seen.times)).all() == [3]


def test_health_shows_by_which_questions_an_article_was_found_without_data(editor, engine, world):
    with transaction(engine) as session:
        questions.record(
            session, _question("WLAN langsam, Tel. 0171 2345678", hits=[world.wifi_revision])
        )
    page = editor.get(f"/desk/curation/articles/{world.wifi_public_id}/health?locale=de").text
    assert "WLAN langsam" in page
    assert "2345678" not in page


PAGES = (TODAY, GAPS, f"{GAPS}/{{gap}}", f"{GAPS}/{{gap}}/article", "health")
POSTS = (
    f"{TODAY}/assignments",
    f"{TODAY}/rests",
    f"{TODAY}/dismissals",
    f"{TODAY}/returns",
    f"{GAPS}/gatherings",
    f"{GAPS}/{{gap}}/plan",
    f"{GAPS}/{{gap}}/refusal",
    f"{GAPS}/{{gap}}/reopening",
    f"{GAPS}/{{gap}}/split",
    f"{GAPS}/{{gap}}/merger",
    f"{GAPS}/{{gap}}/answer",
    f"{GAPS}/{{gap}}/article",
)


def url_of(path, gap, world) -> str:
    if path == "health":
        return f"/desk/curation/articles/{world.wifi_public_id}/health"
    return path.format(gap=gap)


def test_customers_get_no_further_than_the_sign_in(visitor, gap, world):
    for path in PAGES:
        answer = visitor.get(url_of(path, gap, world), follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("who", ["visitor", "anna"])
def test_nobody_but_editors_decides(request, who, gap, world, engine):
    client = request.getfixturevalue(who)
    given = {
        "task": f"gap:{gap}",
        "why": "not ours",
        "reason": "one off",
        "article": world.wifi_public_id,
    }
    for path in POSTS:
        sent = pressed(client, url_of(path, gap, world), **given)
        assert sent.status_code in {401, 404}
    with Session(engine) as session:
        assert session.exec(select(Gap)).one().decided_at is None
        assert session.exec(select(TaskMark)).all() == []


def test_agents_may_look_at_gaps_but_draft_nothing_and_see_no_health(anna, gap, world):
    assert anna.get(TODAY).status_code == 200
    page = anna.get(f"{GAPS}/{gap}")
    assert page.status_code == 200
    assert re.search(rf"{gap}/(answer|refusal|plan)", page.text) is None
    assert anna.get(f"{GAPS}/{gap}/article").status_code == 404
    assert anna.get(url_of("health", gap, world)).status_code == 404


def test_what_is_not_there_is_not_found(editor):
    assert editor.get(f"{GAPS}/nothing").status_code == 404
    assert pressed(editor, f"{TODAY}/assignments", task="gap:nothing").status_code == 404
    assert editor.get("/desk/curation/articles/nothing/health").status_code == 404


def test_every_kind_of_task_has_its_words():
    for locale in ("de", "en"):
        entries = i18n.words(locale).entries
        for kind in TaskKind:
            assert {f"today.kind.{kind}", f"today.do.{kind}"} <= entries.keys()
            assert kind in SIGNS


def test_an_editor_takes_a_gap_apart_and_puts_it_together_again(editor, anna, gap, engine):
    page = editor.get(f"{GAPS}/{gap}").text
    numbers = re.findall(r'name="item-\d+" value="([\d ]+)"', page)
    assert len(numbers) == 3
    nothing = editor.post(f"{GAPS}/{gap}/split", data={"item-1": "x" * 5_000})
    assert "aber nicht alle" in nothing.text
    apart = pressed(editor, f"{GAPS}/{gap}/split", **{"item-1": numbers[0]}).headers["location"]
    assert apart != f"{GAPS}/{gap}"
    assert numbers[0] in editor.get(apart).text
    assert gap in editor.get(apart).text  # the nearest to merge with
    assert "gap-sort" not in anna.get(apart).text
    back = pressed(editor, f"{apart}/merger", into=gap)
    assert back.headers["location"] == f"{GAPS}/{gap}"
    assert editor.get(apart).status_code == 404
    assert pressed(editor, f"{GAPS}/{gap}/merger", into=gap).status_code == 422
    with Session(engine) as session:
        assert len(session.exec(select(GapItem)).all()) == 3


def test_health_tells_what_a_search_phrase_has_done_before_and_since(editor, engine, world):
    with transaction(engine) as session:
        shown = session.get_one(Revision, world.wifi_revision)
        shown.phrases, shown.created_at = ["funknetz lahm"], clock.now() - timedelta(days=9)
        for days, first in ((12, 0), (11, 0), (10, world.wifi_revision), (2, world.wifi_revision)):
            asked = _question("Warum ist mein Funknetz so lahm?", hits=[first])
            asked.asked_at = clock.now() - timedelta(days=days)
            questions.record(session, asked)
        questions.record(session, _question("Wo ist der Router?", hits=[world.wifi_revision]))
    page = editor.get(f"/desk/curation/articles/{world.wifi_public_id}/health?locale=de").text
    lift = page.split('id="health-lifts"')[1].split("</table>")[0]
    assert "funknetz lahm" in lift
    assert lift.index("1 von 3") < lift.index("1 von 1")
    with transaction(engine) as session:
        session.get_one(Revision, world.wifi_revision).phrases = []
    page = editor.get(f"/desk/curation/articles/{world.wifi_public_id}/health?locale=de").text
    assert "health-lifts" not in page
